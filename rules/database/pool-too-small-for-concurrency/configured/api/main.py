import asyncio

from fastapi import FastAPI
from sqlalchemy import create_engine

from settings import load

app = FastAPI()
settings = load()
engine = create_engine(settings.dsn, pool_size=settings.pool_size, max_overflow=settings.max_overflow)


def ask():
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()


@app.get("/")
async def index():
    return await asyncio.to_thread(ask)
