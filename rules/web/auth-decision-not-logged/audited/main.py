from fastapi import Depends, FastAPI, HTTPException

app = FastAPI()


# pass: auth-decision-not-logged
def get_current_user(token: str = ""):
    if token != "x":
        audit_refusal()
        raise HTTPException(401)
    return token


@app.get("/orders")
def orders(user=Depends(get_current_user)):
    return []


def audit_refusal():
    pass
