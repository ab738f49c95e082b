from fastapi import FastAPI
from prometheus_client import Counter
from sqlalchemy import create_engine

# ruleid: no-pool-or-dependency-metrics
engine = create_engine("postgresql://db/shop")
app = FastAPI()


@app.get("/orders")
def orders():
    return []
