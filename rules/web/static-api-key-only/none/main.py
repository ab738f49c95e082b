from fastapi import FastAPI

# ok: static-api-key-only
app = FastAPI()


@app.post("/orders")
def order(name: str):
    return name
