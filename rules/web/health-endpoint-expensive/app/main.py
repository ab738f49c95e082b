import asyncio
import subprocess

import openai
import requests
from fastapi import FastAPI
from sqlalchemy import text

from app.db import session

app = FastAPI()
client = openai.AsyncOpenAI()


async def ask_model():
    return await client.chat.completions.create(model="m", messages=[])


@app.get("/health")
# ruleid: health-endpoint-expensive
async def health():
    await ask_model()
    return {"status": "ok"}


@app.get("/readyz")
# ruleid: health-endpoint-expensive
def ready():
    requests.get("https://orders.test")
    subprocess.run(["df"])
    return ""


@app.get("/livez")
# pass: health-endpoint-expensive
def live():
    session.execute(text("SELECT 1"))
    return ""


@app.get("/healthz")
# pass: health-endpoint-expensive
async def bounded():
    await asyncio.wait_for(ask_model(), 1)
    return ""


@app.get("/ping")
# pass: health-endpoint-expensive
def ping():
    return requests.get("https://orders.test", timeout=1).text


@app.get("/orders")
# ok: health-endpoint-expensive
async def orders():
    return await ask_model()
