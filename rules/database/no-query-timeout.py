import asyncpg
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from settings import DATABASE_URL, arguments

# ruleid: no-query-timeout
engine = create_engine(DATABASE_URL, pool_size=5)

# ruleid: no-query-timeout
ssl_only = create_async_engine(DATABASE_URL, connect_args={"ssl": "require"})

# pass: no-query-timeout
limited = create_engine(DATABASE_URL, connect_args={"options": "-c statement_timeout=30000"})

# unknown: no-query-timeout
from_settings = create_engine(DATABASE_URL, connect_args=arguments)

# ok: no-query-timeout
local = create_engine("sqlite:///x.db")


async def start():
    # pass: no-query-timeout
    pool = await asyncpg.create_pool(DATABASE_URL, command_timeout=30)
    return pool
