import httpx
from fastapi import FastAPI

app = FastAPI()
# ruleid: no-retry-policy
client = httpx.AsyncClient(timeout=5)


@app.get("/a")
async def a():
    return await client.get("https://api.example.com")
