from fastapi import FastAPI

# ok: no-background-processing
app = FastAPI()


@app.get("/add")
def add(a: int):
    return a
