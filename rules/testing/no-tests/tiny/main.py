# ok: no-tests
print("hello")
