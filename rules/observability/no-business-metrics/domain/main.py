from fastapi import FastAPI
# pass: no-business-metrics
from prometheus_client import Counter

ORDERS = Counter("orders_created_total", "Orders created")
app = FastAPI()


@app.post("/orders")
def create():
    ORDERS.inc()
    return {}
