from fastapi import FastAPI

# ok: no-request-timeout
app = FastAPI()


@app.get("/add")
def add(a: int, b: int):
    return a + b
