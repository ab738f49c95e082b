from fastapi import FastAPI
from prometheus_client import Counter

# ok: no-pool-or-dependency-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    return []
