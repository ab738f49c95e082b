from fastapi import APIRouter

router = APIRouter()


@router.get("/health")
def health():
    return {}


@router.get("/items")
def items():
    return []
