import httpx
from openai import OpenAI
from fastapi import FastAPI

# ruleid: no-circuit-breaker
app = FastAPI()


@app.get("/quote")
def quote():
    OpenAI().chat.completions.create(model="m", messages=[], max_tokens=10)
    return httpx.get("https://api.example.com").json()
