from typing import Annotated, Optional

from fastapi import Body, Depends, FastAPI, Form, Header, Query
from pydantic import BaseModel

app = FastAPI()


class Login(BaseModel):
    password: str


@app.post("/password")
# ruleid: secret-in-query
def change(user: str, new_password: str):
    return user


@app.get("/data")
def data(
    # ruleid: secret-in-query
    api_key: str = Query(...),
    # ruleid: secret-in-query
    token: Optional[str] = None,
):
    return {}


@app.post("/login")
# ok: secret-in-query
def login(body: Login, password: str = Form(), token: str = Header(None)):
    return {}


@app.post("/reset/{token}")
# ok: secret-in-query
def reset(token: str, password: Annotated[str, Body()]):
    return {}


@app.get("/me")
# ok: secret-in-query
def me(token: str = Depends(lambda: "x"), page: int = 1):
    return {}


# ok: secret-in-query
def helper(password: str):
    return password
