import asyncio

import httpx
from fastapi import FastAPI

# pass: no-request-timeout
app = FastAPI()


async def ask():
    async with httpx.AsyncClient() as client:
        return await client.get("https://api.example.com")


@app.get("/quote")
async def quote():
    return await asyncio.wait_for(ask(), timeout=30)
