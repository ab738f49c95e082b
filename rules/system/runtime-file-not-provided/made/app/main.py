import os
from pathlib import Path

with open("state.json", "w") as f:
    f.write("{}")
# unknown: runtime-file-not-provided
a = open("state.json")
# unknown: runtime-file-not-provided
b = open("/tmp/made.txt")
# ok: runtime-file-not-provided
c = open(os.environ["RULES_FILE"])
# ok: runtime-file-not-provided
d = Path("settings.yaml").read_text() if Path("settings.yaml").exists() else ""
# pass: runtime-file-not-provided
e = open("/etc/app/limits.yaml")
# pass: runtime-file-not-provided
f = open("app/data/words.txt")
