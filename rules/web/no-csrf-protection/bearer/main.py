from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer

# pass: no-csrf-protection
app = FastAPI()


@app.post("/transfer")
def transfer(token=Depends(HTTPBearer())):
    return token
