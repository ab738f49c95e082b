from fastapi import Depends, HTTPException
from fastapi.security import OAuth2PasswordBearer

bearer = OAuth2PasswordBearer(tokenUrl="token")


def signed_in(token: str = Depends(bearer)):
    if token != "x":
        raise HTTPException(status_code=401)
    return token


def page(number: int = 1):
    return number
