from fastapi import APIRouter, Depends, FastAPI

app = FastAPI()
lost = APIRouter()


def user():
    return None


# pass: inventory-routes
@app.get("/orders")
def orders(who=Depends(user)):
    return []


# pass: inventory-routes
@app.post("/orders")
def create():
    return {}


# unknown: inventory-routes
@lost.get("/hidden")
def hidden():
    return {}


# ok: inventory-routes
def helper():
    return {}


# ok: inventory-routes
VALUE = 1
