import httpx
import requests
from fastapi import FastAPI

# ok: no-circuit-breaker
app = FastAPI()


@app.get("/quote")
def quote():
    requests.get("https://api.example.com")
    return httpx.get("https://api.example.com").json()
