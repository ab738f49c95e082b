from fastapi import APIRouter

router = APIRouter(prefix="/carts")


# ruleid: router-never-included
@router.get("/")
def carts():
    return []


@router.get("/{cart}")
def cart(cart: str):
    return cart
