import requests
from fastapi import FastAPI

# ruleid: no-caching-layer
app = FastAPI()


@app.post("/ask")
def ask(text: str):
    return requests.post("http://ollama:11434/api/generate", json={"prompt": text}).json()
