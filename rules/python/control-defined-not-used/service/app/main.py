from fastapi import FastAPI

from app.cache import CacheManager
from app.limits import limiter

app = FastAPI()
cache = CacheManager()


@app.get("/items")
@limiter.limit("5/minute")
def items():
    return cache.get("items")
