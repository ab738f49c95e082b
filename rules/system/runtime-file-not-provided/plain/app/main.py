# pass: runtime-file-not-provided
a = open("app/limits.yaml")
# ruleid: runtime-file-not-provided
b = open("config/overlay.yaml")
# pass: runtime-file-not-provided
c = open("mounted.json")
# pass: runtime-file-not-provided
d = open("/run/secrets/token")
# ruleid: runtime-file-not-provided
g = open("/run/secrets/other")
# unknown: runtime-file-not-provided
e = open("data/state.json")
# ok: runtime-file-not-provided
f = open("report.json", "w")
