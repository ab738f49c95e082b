# ok: import-not-declared
import psutil


def run():
    # ruleid: import-not-declared
    import numpy

    return numpy.zeros(3)
