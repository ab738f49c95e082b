import os

from fastapi import FastAPI
from sqlalchemy import create_engine

# unknown: pool-too-small-for-concurrency
engine = create_engine("postgresql://db/shop", pool_size=int(os.environ["POOL"]))
app = FastAPI()


@app.get("/orders")
def orders():
    return []
