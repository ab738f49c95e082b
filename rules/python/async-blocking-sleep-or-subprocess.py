import asyncio
import subprocess
import time

from fastapi import FastAPI

app = FastAPI()


@app.get("/report")
async def report():
    # ruleid: async-blocking-sleep-or-subprocess
    time.sleep(2)
    return subprocess.run(["uname"])


async def convert(path):
    # ruleid: async-blocking-sleep-or-subprocess
    subprocess.check_output(["convert", path])


@app.get("/fixed")
async def fixed(path: str):
    # pass: async-blocking-sleep-or-subprocess
    await asyncio.sleep(1)
    await asyncio.to_thread(subprocess.run, ["convert", path])

    def work():
        # ok: async-blocking-sleep-or-subprocess
        time.sleep(1)

    await asyncio.to_thread(work)


def plain():
    # ok: async-blocking-sleep-or-subprocess
    time.sleep(1)
