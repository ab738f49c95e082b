# ruleid: no-pipeline
print("hello")
