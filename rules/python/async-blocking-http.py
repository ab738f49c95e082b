import asyncio

import httpx
import requests
from fastapi import FastAPI
from openai import AsyncOpenAI, OpenAI

app = FastAPI()
model = OpenAI()


@app.get("/a")
async def a():
    # ruleid: async-blocking-http
    return requests.get("https://api.example.com").json()


@app.get("/b")
async def b():
    session = requests.Session()
    # ruleid: async-blocking-http
    session.post("https://api.example.com")
    return model.chat.completions.create(model="m", messages=[])


@app.get("/c")
def c():
    # ok: async-blocking-http
    return requests.get("https://api.example.com").json()


@app.get("/d")
async def d():
    # ok: async-blocking-http
    await asyncio.to_thread(requests.get, "https://api.example.com")
    async with httpx.AsyncClient() as client:
        # pass: async-blocking-http
        await client.get("https://api.example.com")

    def work():
        # ok: async-blocking-http
        return requests.get("https://api.example.com")

    return await asyncio.to_thread(work)
