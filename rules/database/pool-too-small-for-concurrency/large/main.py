from fastapi import FastAPI
from sqlalchemy import create_engine

# pass: pool-too-small-for-concurrency
engine = create_engine("postgresql://db/shop", pool_size=20, max_overflow=20)
app = FastAPI()


@app.get("/orders")
def orders():
    return []
