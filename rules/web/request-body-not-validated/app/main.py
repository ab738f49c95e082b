from typing import Any, Dict

from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel

app = FastAPI()


class Order(BaseModel):
    name: str


@app.post("/orders")
# ruleid: request-body-not-validated
def order(body: Dict[str, Any]):
    return body["name"]


@app.put("/orders/{number}")
async def change(number: int, request: Request):
    # ruleid: request-body-not-validated
    body = await request.json()
    return body["name"]


@app.post("/typed")
# pass: request-body-not-validated
def typed(body: Order):
    return body.name


@app.post("/parsed")
async def parsed(request: Request):
    # pass: request-body-not-validated
    return Order.model_validate(await request.json())


# ok: request-body-not-validated
@app.get("/orders")
def orders(filters: str = ""):
    return []


@app.post("/webhooks/stripe")
async def hook(request: Request):
    # ok: request-body-not-validated
    return await request.json()
