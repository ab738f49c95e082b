from fastapi import FastAPI

# pass: no-compression
app = FastAPI()


@app.get("/orders")
def orders():
    return []
