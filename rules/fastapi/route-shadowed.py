from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/items")


# pass: route-shadowed
@router.get("/{item}")
def item(item: str):
    return item


# ruleid: route-shadowed
@router.get("/stats")
def stats():
    return {}


# ok: route-shadowed
@router.post("/stats")
def add():
    return {}


# ok: route-shadowed
@router.get("/{item}/parts")
def parts(item: str):
    return item


# pass: route-shadowed
@app.get("/health")
def health():
    return {}


# ruleid: route-shadowed
@app.get("/health")
def health_again():
    return {"again": True}


# ok: route-shadowed
@app.get("/orders/latest")
def latest():
    return {}


# ok: route-shadowed
@app.get("/orders/{number}")
def order(number: int):
    return number


# ok: route-shadowed
@app.get("/files/{number:int}")
def file_by_number(number: int):
    return number


# ok: route-shadowed
@app.get("/files/newest")
def newest():
    return {}


app.include_router(router)
