from fastapi import APIRouter, Depends, FastAPI, Request

app = FastAPI()
router = APIRouter()


# ruleid: path-parameter-unused
@app.get("/orders/{order_id}")
def order(detail: bool = False):
    return detail


# ruleid: path-parameter-unused
@app.delete("/files/{name:path}")
def delete_file():
    return {}


# pass: path-parameter-unused
@app.get("/items/{item_id}")
def item(item_id: int):
    return item_id


def current_shop(shop_id: int):
    return shop_id


# ok: path-parameter-unused
@app.get("/shops/{shop_id}")
def shop(found=Depends(current_shop)):
    return found


# unknown: path-parameter-unused
@app.get("/raw/{key}")
def raw(request: Request):
    return request.path_params["key"]


# ok: path-parameter-unused
@app.get("/plain")
def plain():
    return {}
