from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


engine = create_async_engine("postgresql+asyncpg://db/shop")


async def start():
    async with engine.begin() as connection:
        # ruleid: no-migration-tool
        await connection.run_sync(Base.metadata.create_all)
