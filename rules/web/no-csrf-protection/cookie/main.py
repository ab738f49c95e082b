from fastapi import Depends, FastAPI
from fastapi.security import APIKeyCookie

# ruleid: no-csrf-protection
app = FastAPI()
session = APIKeyCookie(name="session")


@app.post("/transfer")
def transfer(session: str = Depends(session)):
    return session
