from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")


@asynccontextmanager
async def lifespan(app):
    yield
    await engine.dispose()


# pass: no-graceful-shutdown
app = FastAPI(lifespan=lifespan)


@app.get("/orders")
def orders():
    return []
