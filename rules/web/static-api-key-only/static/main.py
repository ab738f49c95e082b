import os

from fastapi import Depends, FastAPI, HTTPException, Security
from fastapi.security import APIKeyHeader

header = APIKeyHeader(name="X-Api-Key")


def check_api_key(key: str = Security(header)):
    if key != os.environ["API_KEY"]:
        raise HTTPException(401)


# ruleid: static-api-key-only
app = FastAPI(dependencies=[Depends(check_api_key)])


@app.get("/orders")
def orders():
    return []
