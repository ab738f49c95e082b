from fastapi import FastAPI

# ruleid: no-compression
app = FastAPI()


@app.get("/orders")
def orders():
    return []
