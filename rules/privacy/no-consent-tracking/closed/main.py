from fastapi import FastAPI

app = FastAPI()


@app.post("/login")
# ok: no-consent-tracking
def login(body: dict):
    return body
