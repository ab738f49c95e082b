from fastapi import FastAPI
from sqlalchemy import create_engine

# pass: pool-too-small-for-concurrency
engine = create_engine("postgresql://db/shop", pool_size=5)
app = FastAPI()


@app.get("/orders")
async def orders():
    return []
