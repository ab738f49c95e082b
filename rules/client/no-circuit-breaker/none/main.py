import requests
from fastapi import FastAPI
from openai import OpenAI

# ruleid: no-circuit-breaker
app = FastAPI()
model = OpenAI()


@app.get("/a")
def a():
    requests.get("https://api.example.com", timeout=5)
    return model.chat.completions.create(model="m", messages=[])
