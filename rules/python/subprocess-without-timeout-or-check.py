import subprocess

from fastapi import FastAPI

app = FastAPI()


@app.post("/convert")
def convert(name: str):
    # ruleid: subprocess-without-timeout
    subprocess.run(["convert", name], check=True)
    # pass: subprocess-without-timeout
    subprocess.run(["convert", name], check=True, timeout=30)


def rotate(path):
    # ruleid: subprocess-without-timeout-or-check
    subprocess.run(["gzip", path])
    if path:
        # ruleid: subprocess-without-timeout-or-check
        subprocess.call(["sync"])


def fixed(path, options, log):
    # ok: subprocess-without-timeout-or-check
    # ok: subprocess-without-timeout
    subprocess.run(["gzip", path], check=True)
    # ok: subprocess-without-timeout-or-check
    subprocess.run(["gzip", path], check=False)
    # ok: subprocess-without-timeout-or-check
    result = subprocess.run(["gzip", path])
    # ok: subprocess-without-timeout-or-check
    if subprocess.call(["test", "-f", path]) != 0:
        log(result.returncode)
    # ok: subprocess-without-timeout-or-check
    log(subprocess.run(["uname"], capture_output=True).stdout)
    # ok: subprocess-without-timeout-or-check
    subprocess.run(["gzip", path], **options)
    # ok: subprocess-without-timeout-or-check
    return subprocess.run(["gzip", path]).returncode
