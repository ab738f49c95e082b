from fastapi import Depends, FastAPI, HTTPException

# ruleid: no-role-based-authorization
app = FastAPI()


def current_user(token: str):
    raise HTTPException(status_code=401)


@app.post("/messages")
def write(text: str, user=Depends(current_user)):
    return text
