# ok: no-coverage-threshold
print("no tests, which is another finding")
