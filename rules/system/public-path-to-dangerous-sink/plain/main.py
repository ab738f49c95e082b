import os
import subprocess

from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()


def current_user(token: str):
    raise HTTPException(status_code=401)


@app.get("/ping")
def ping(host: str):
    # ruleid: public-path-to-dangerous-sink
    return os.system(f"ping -c1 {host}")


@app.post("/run")
def run(command: str, user=Depends(current_user)):
    # pass: public-path-to-dangerous-sink
    return subprocess.run(command, shell=True)


@app.post("/evaluate")
def evaluate(expression: str):
    # ruleid: public-path-to-dangerous-sink
    return eval(expression)


@app.get("/version")
def version(verbose: bool):
    # pass: public-path-to-dangerous-sink
    os.system("git rev-parse HEAD")
    # ok: public-path-to-dangerous-sink
    return subprocess.run(["git", "log"])


def helper(text):
    # ok: public-path-to-dangerous-sink
    return eval(text)
