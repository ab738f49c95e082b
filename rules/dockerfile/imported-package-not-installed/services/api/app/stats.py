# ruleid: imported-package-not-installed
import psutil

try:
    # ok: imported-package-not-installed
    import orjson
except ImportError:
    orjson = None


def load():
    # ruleid: imported-package-not-installed
    import numpy

    return numpy.mean(psutil.getloadavg())
