from fastapi import FastAPI

app = FastAPI()


@app.get("/items/{item}")
def item(item: int):
    return item


# ruleid: untested-route
@app.post("/items")
def create():
    return 1


@app.delete("/items/{item}")
def delete(item: int):
    return item
