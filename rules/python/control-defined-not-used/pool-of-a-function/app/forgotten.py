from psycopg2 import pool

_pool = None


def connection():
    global _pool
    # ruleid: control-defined-not-used
    _pool = pool.ThreadedConnectionPool(1, 20, dsn="postgresql://db/app")
    return _pool.getconn()
