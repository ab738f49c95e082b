from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from settings import DATABASE_URL, options

# ruleid: pool-pre-ping-missing
engine = create_engine(DATABASE_URL, pool_size=10)

# ruleid: pool-pre-ping-missing
explicit = create_engine(DATABASE_URL, pool_pre_ping=False)

# pass: pool-pre-ping-missing
checked = create_async_engine(DATABASE_URL, pool_pre_ping=True)

# pass: pool-pre-ping-missing
recycled = create_engine(DATABASE_URL, pool_recycle=300)

# unknown: pool-pre-ping-missing
open_ended = create_engine(DATABASE_URL, **options)

# ok: pool-pre-ping-missing
unpooled = create_engine(DATABASE_URL, poolclass=NullPool)

# ok: pool-pre-ping-missing
local = create_engine("sqlite+pysqlite:///:memory:")
