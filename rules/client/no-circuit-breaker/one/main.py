import requests
from fastapi import FastAPI

# ok: no-circuit-breaker
app = FastAPI()


@app.get("/a")
def a():
    return requests.get("https://api.example.com", timeout=5).text
