import httpx
from fastapi import FastAPI

# ok: no-graceful-shutdown
app = FastAPI()


@app.get("/orders")
async def orders():
    async with httpx.AsyncClient() as client:
        return (await client.get("https://orders.test")).json()
