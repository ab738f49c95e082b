import requests
from fastapi import FastAPI
from openai import OpenAI
from pybreaker import CircuitBreaker

# pass: no-circuit-breaker
app = FastAPI()
model = OpenAI()
breaker = CircuitBreaker()


@app.get("/a")
@breaker
def a():
    requests.get("https://api.example.com", timeout=5)
    return model.chat.completions.create(model="m", messages=[])
