import os

from fastapi import FastAPI
from sqlalchemy import create_engine

POOL_SIZE = int(os.getenv("POOL_SIZE", "8"))
# ruleid: pool-too-small-for-concurrency
engine = create_engine("postgresql://db/shop", pool_size=POOL_SIZE, max_overflow=2)
app = FastAPI()


@app.get("/orders")
def orders():
    return []
