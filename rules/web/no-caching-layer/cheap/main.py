from fastapi import FastAPI

# ok: no-caching-layer
app = FastAPI()


@app.get("/add")
def add(a: int):
    return a
