from fastapi import Depends, FastAPI, Response
from fastapi.security import APIKeyCookie

# pass: no-csrf-protection
app = FastAPI()
session = APIKeyCookie(name="session")


@app.post("/login")
def login(response: Response):
    response.set_cookie("session", "x", samesite="lax")


@app.post("/transfer")
def transfer(session: str = Depends(session)):
    return session
