# ok: no-pipeline
print("hello")
