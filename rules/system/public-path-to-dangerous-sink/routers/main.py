import os

from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.security import APIKeyHeader

app = FastAPI()
key = APIKeyHeader(name="X-Key")
router = APIRouter(prefix="/ops", dependencies=[Security(key)])


@router.post("/shell")
def shell(command: str):
    # pass: public-path-to-dangerous-sink
    return os.popen(command).read()


app.include_router(router)
