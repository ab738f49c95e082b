from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer

oauth2 = OAuth2PasswordBearer(tokenUrl="token")


def get_current_user(token: str = Depends(oauth2)):
    if not token:
        raise HTTPException(401)
    return token


# pass: no-role-based-authorization
app = FastAPI()


@app.delete("/users/{number}")
def remove(number: int, user=Depends(get_current_user)):
    return number


def require_role(user=Depends(get_current_user)):
    raise HTTPException(403)
