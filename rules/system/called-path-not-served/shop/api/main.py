from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/api/v1/items")


@router.get("/")
def items():
    return []


@router.get("/{item_id}")
def item(item_id: int):
    return {}


@router.get("/{item_id}/history")
def history(item_id: int):
    return []


app.include_router(router)
