import os

from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader

header = APIKeyHeader(name="X-Api-Key")


def get_current_user(key: str = Security(header)):
    if key != os.environ["API_KEY"]:
        raise HTTPException(401)


# pass: static-api-key-only
app = FastAPI(dependencies=[Depends(get_current_user)])


@app.get("/orders")
def orders():
    return []
