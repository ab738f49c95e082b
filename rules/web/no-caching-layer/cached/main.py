import redis
from fastapi import FastAPI
from openai import OpenAI

# pass: no-caching-layer
app = FastAPI()
model = OpenAI()
cache = redis.Redis()


@app.get("/ask")
def ask(q: str):
    found = cache.get(q)
    return found or model.chat.completions.create(model="m", messages=[q])
