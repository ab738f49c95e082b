from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")
# ruleid: no-graceful-shutdown
app = FastAPI()


@app.get("/orders")
def orders():
    return []
