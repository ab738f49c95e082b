from fastapi import FastAPI
from prometheus_client import Gauge
from prometheus_client.core import REGISTRY
from sqlalchemy.ext.asyncio import create_async_engine

# pass: no-pool-or-dependency-metrics
engine = create_async_engine("postgresql+asyncpg://db/shop")
IN_USE = Gauge("shop_db_connections_in_use", "In use")
IN_USE.set_function(lambda: engine.pool.checkedout())
app = FastAPI()


@app.get("/orders")
def orders():
    return []
