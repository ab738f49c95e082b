import httpx
from fastapi import FastAPI
from tenacity import retry

app = FastAPI()
# pass: no-retry-policy
client = httpx.AsyncClient(timeout=5)


@retry
async def ask():
    return await client.get("https://api.example.com")


@app.get("/a")
async def a():
    return await ask()
