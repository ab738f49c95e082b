import httpx
import requests
from aiohttp import ClientSession
from fastapi import FastAPI

app = FastAPI()
# pass: http-no-connection-reuse
shared = httpx.Client(timeout=5)


class Gateway:
    def __init__(self):
        # pass: http-no-connection-reuse
        self.client = httpx.AsyncClient()


async def fetch(url):
    # ruleid: http-no-connection-reuse
    async with httpx.AsyncClient(timeout=10) as client:
        return await client.get(url)


@app.get("/weather")
async def weather():
    await fetch("https://api.example.com")
    # ruleid: http-no-connection-reuse
    async with ClientSession() as session:
        return await session.get("https://api.example.com")


@app.get("/quote")
def quote():
    # ruleid: http-no-connection-reuse
    return requests.get("https://api.example.com", timeout=5).json()


@app.on_event("startup")
async def start():
    # pass: http-no-connection-reuse
    app.state.client = httpx.AsyncClient()


def script():
    # ok: http-no-connection-reuse
    return requests.get("https://api.example.com", timeout=5)


@app.get("/preview")
def preview(image_url):
    # ok: http-no-connection-reuse
    return requests.get(image_url, timeout=5).content
