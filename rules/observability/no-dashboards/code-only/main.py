# ruleid: no-dashboards
from prometheus_client import Counter, generate_latest
from fastapi import FastAPI

app = FastAPI()
ORDERS = Counter("orders_total", "orders")


@app.get("/metrics")
def metrics():
    return generate_latest()
