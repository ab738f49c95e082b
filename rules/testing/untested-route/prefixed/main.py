from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter()


# ruleid: untested-route
@router.get("/orders")
def orders():
    return []


app.include_router(router, prefix="/api")
