from fastapi import FastAPI

app = FastAPI()


@app.post("/register")
# ruleid: no-consent-tracking
def register(body: dict):
    return body
