import requests
from fastapi import FastAPI

# ok: no-caching-layer
app = FastAPI()


@app.post("/ask")
def ask(text: str):
    return requests.post("http://crm:8080/api/notes", json={"text": text}).json()
