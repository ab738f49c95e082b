from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


engine = create_engine("postgresql://db/app")
late = create_async_engine("postgresql+asyncpg://db/app")
app = FastAPI()
# ruleid: create-all-with-migrations
Base.metadata.create_all(bind=engine)


@app.on_event("startup")
async def start():
    await prepare()


async def prepare():
    async with late.begin() as connection:
        # ruleid: create-all-with-migrations
        await connection.run_sync(Base.metadata.create_all)


def forgotten():
    # unknown: create-all-with-migrations
    Base.metadata.create_all(bind=engine)
