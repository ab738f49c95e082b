from fastapi import FastAPI
from metrics import ORDERS

# pass: no-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    return []
