from fastapi import FastAPI

app = FastAPI()


# ok: untested-route
@app.get("/items/{item}")
def item(item: int):
    return item
