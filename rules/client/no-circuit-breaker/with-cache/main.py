import httpx
import redis
from fastapi import FastAPI

# ruleid: no-circuit-breaker
app = FastAPI()
cache = redis.Redis.from_url("redis://cache")


@app.get("/quote")
def quote():
    cache.get("quote")
    return httpx.get("https://api.example.com").json()
