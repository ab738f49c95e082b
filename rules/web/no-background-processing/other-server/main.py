import requests
from fastapi import FastAPI

# ok: no-background-processing
app = FastAPI()


@app.post("/ask")
def ask(text: str):
    return requests.post("http://crm:8080/api/notes", json={"text": text}).json()
