# ok: tests-not-collected
def make():
    return 1
