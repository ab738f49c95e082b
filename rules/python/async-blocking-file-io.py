import aiofiles
from fastapi import FastAPI

app = FastAPI()


@app.post("/upload")
async def upload(data: bytes):
    # ruleid: async-blocking-file-io
    with open("upload.bin", "wb") as handle:
        handle.write(data)


@app.get("/log")
async def log(name: str):
    # ruleid: async-blocking-file-io
    return open(name).read()


@app.post("/fixed")
async def fixed(data: bytes):
    # ok: async-blocking-file-io
    async with aiofiles.open("upload.bin", "wb") as handle:
        await handle.write(data)


@app.get("/plain")
def plain(name: str):
    # ok: async-blocking-file-io
    return open(name).read()


async def load_settings():
    # ok: async-blocking-file-io
    return open("settings.json").read()
