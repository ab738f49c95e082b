import json

if json.load(open("report.json"))["failed"]:
    print("some checks did not pass")
else:
    print("checks passed")
