from fastapi import FastAPI

from app.breaker import CircuitBreaker, RateLimiter
from app.rows import rows
from app.texts import texts

app = FastAPI()
breaker = CircuitBreaker()
limiter = RateLimiter()


@app.get("/")
def index():
    return rows() + texts() if limiter.take() else []


@app.get("/status")
def status():
    return breaker.status()
