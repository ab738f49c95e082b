from fastapi import Depends, FastAPI
from fastapi.security import APIKeyHeader

# pass: no-authentication
app = FastAPI()
key = APIKeyHeader(name="X-Key")


@app.get("/orders")
def orders(key: str = Depends(key)):
    return []
