from fastapi import FastAPI
from prometheus_client import Counter, Gauge
from sqlalchemy import create_engine

# pass: no-pool-or-dependency-metrics
engine = create_engine("postgresql://db/shop")
BUSY = Gauge("db_pool_checked_out", "Connections in use")
app = FastAPI()


@app.get("/orders")
def orders():
    return []
