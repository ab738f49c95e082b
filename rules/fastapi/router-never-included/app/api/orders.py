from fastapi import APIRouter

orders = APIRouter()


# ruleid: router-never-included
@orders.post("/orders")
def order():
    return {}
