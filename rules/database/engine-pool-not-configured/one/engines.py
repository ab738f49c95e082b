import os

from psycopg2.pool import ThreadedConnectionPool
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from settings import settings

# ruleid: engine-pool-not-configured
engine = create_engine(settings.database_url)

# ruleid: engine-pool-not-configured
replica = create_async_engine(os.environ["REPLICA_URL"], echo=False)

# pass: engine-pool-not-configured
tuned = create_engine(settings.database_url, pool_size=int(os.getenv("POOL", "10")), pool_recycle=1800)

# pass: engine-pool-not-configured
behind_pgbouncer = create_async_engine(settings.database_url, poolclass=NullPool)

# unknown: engine-pool-not-configured
configured = create_engine(settings.database_url, **settings.engine_options)

# ok: engine-pool-not-configured
local = create_engine("sqlite:///cache.db")

# pass: engine-pool-not-configured
pool = ThreadedConnectionPool(1, 20, settings.database_url)


def make():
    options = {"echo": False}
    options["pool_size"] = 20
    # pass: engine-pool-not-configured
    return create_engine("postgresql://db/app", **options)


def make_plain():
    options = dict(echo=False)
    # ruleid: engine-pool-not-configured
    return create_engine("postgresql://db/app", **options)


def make_updated():
    options = {"echo": False}
    options.update(pool_size=10, max_overflow=5)
    # pass: engine-pool-not-configured
    return create_engine("postgresql://db/app", **options)
