from fastapi import Depends, FastAPI, HTTPException

# ruleid: no-role-based-authorization
app = FastAPI()


def current_user(token: str):
    raise HTTPException(status_code=401)


@app.delete("/items/{item}")
def drop(item: int, user=Depends(current_user)):
    return item


@app.post("/notes")
def note(private_session: bool):
    if private_session:
        raise HTTPException(status_code=403, detail="nothing is kept")
