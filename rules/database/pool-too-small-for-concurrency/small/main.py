from fastapi import FastAPI
from sqlalchemy import create_engine

# ruleid: pool-too-small-for-concurrency
engine = create_engine("postgresql://db/shop", pool_size=10, max_overflow=5)
app = FastAPI()


@app.get("/orders")
def orders():
    return []
