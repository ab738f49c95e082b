from journal import log

from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()


# pass: auth-decision-not-logged
def get_current_user(token: str = ""):
    if token != "x":
        log.warning("refused")
        raise HTTPException(401)
    return token


@app.get("/orders")
def orders(user=Depends(get_current_user)):
    return []
