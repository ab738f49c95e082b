from fastapi import FastAPI

# pass: no-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    return []
