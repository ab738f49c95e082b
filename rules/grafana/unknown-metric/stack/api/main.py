from fastapi import FastAPI, Response
from prometheus_client import Counter, generate_latest

app = FastAPI()
ORDERS = Counter("shop_orders", "Orders taken")


@app.get("/metrics")
def metrics():
    ORDERS.inc()
    return Response(generate_latest())
