from fastapi import APIRouter, FastAPI

# pass: no-api-versioning
app = FastAPI()
router = APIRouter()


@router.get("/a")
def a():
    return 1


@router.get("/b")
def b():
    return 1


@router.get("/c")
def c():
    return 1


app.include_router(router, prefix="/api/v1")
