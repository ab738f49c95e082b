import asyncio

import httpx
from fastapi import FastAPI

# pass: no-request-timeout
app = FastAPI()


@app.middleware("http")
async def limit(request, call_next):
    return await asyncio.wait_for(call_next(request), timeout=60)


@app.get("/quote")
async def quote():
    async with httpx.AsyncClient() as client:
        return await client.get("https://api.example.com")
