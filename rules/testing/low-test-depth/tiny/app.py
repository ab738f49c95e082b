# ok: low-test-depth
def a(): return 1
