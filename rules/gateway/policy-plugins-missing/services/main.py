from fastapi import Depends, FastAPI
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl="token")


@app.get("/v1/orders", dependencies=[Depends(bearer)])
def orders():
    return []
