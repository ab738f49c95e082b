import asyncio
import os
import subprocess

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel

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


class AskRequest(BaseModel):
    query: str


@app.post("/ask")
async def ask(request: AskRequest):
    # ruleid: public-path-to-dangerous-sink
    return await asyncio.create_subprocess_shell(request.query, stdout=asyncio.subprocess.PIPE)


def shell(command):
    # unknown: public-path-to-dangerous-sink
    return subprocess.run(command, shell=True)


@app.post("/shell")
def through_a_helper(body: dict):
    return shell(body["command"])


def shell_of_nobody(command):
    # ok: public-path-to-dangerous-sink
    return subprocess.run(command, shell=True)
