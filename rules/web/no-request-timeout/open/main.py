import httpx
from fastapi import FastAPI

# ruleid: no-request-timeout
app = FastAPI()


@app.get("/quote")
async def quote():
    async with httpx.AsyncClient() as client:
        return await client.get("https://api.example.com")
