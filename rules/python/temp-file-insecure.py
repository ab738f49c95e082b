import os
import tempfile
from pathlib import Path
from tempfile import mktemp

LOCK = "/tmp/worker.lock"


def export(rows, name):
    # ruleid: temp-file-insecure
    path = mktemp(suffix=".csv")
    # ruleid: temp-file-insecure
    with open("/tmp/export.csv", "w") as handle:
        handle.write(rows)
    # ruleid: temp-file-insecure
    open(LOCK, mode="a")
    # ruleid: temp-file-insecure
    open(f"/tmp/export-{os.getpid()}.csv", "wb")
    # ruleid: temp-file-insecure
    Path("/var/tmp/state").write_text(name)
    return path


def fixed(folder, identifier):
    # ok: temp-file-insecure
    with tempfile.NamedTemporaryFile("w") as handle:
        handle.write("x")
    # ok: temp-file-insecure
    open("/tmp/settings.json").read()
    # ok: temp-file-insecure
    open(f"/tmp/{folder}/{identifier}.csv", "w")
    # ok: temp-file-insecure
    os.system("ls")
    # ok: temp-file-insecure
    open("/var/lib/app/export.csv", "w")
