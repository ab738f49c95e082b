from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer

oauth2 = OAuth2PasswordBearer(tokenUrl="token")


def get_current_user(token: str = Depends(oauth2)):
    if not token:
        raise HTTPException(401)
    return token


# ruleid: no-role-based-authorization
app = FastAPI()


@app.post("/admin/{number}")
def remove(number: int, user=Depends(get_current_user)):
    return number
