import asyncio

import httpx
from fastapi import FastAPI

# ruleid: no-request-timeout
app = FastAPI()


@app.get("/run")
async def run():
    process = await asyncio.create_subprocess_exec("uptime")
    await asyncio.wait_for(process.communicate(), timeout=30)


@app.get("/quote")
async def quote():
    async with httpx.AsyncClient() as client:
        return await client.get("https://api.example.com")
