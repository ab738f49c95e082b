from fastapi import FastAPI

# pass: no-distributed-tracing
app = FastAPI()


@app.get("/orders")
def orders():
    return []
