from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Registration(BaseModel):
    email: str
    terms_accepted: bool


@app.post("/register")
# pass: no-consent-tracking
def register(body: Registration):
    return body
