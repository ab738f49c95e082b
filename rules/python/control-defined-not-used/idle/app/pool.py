from psycopg2.pool import ThreadedConnectionPool

# ruleid: control-defined-not-used
pool = ThreadedConnectionPool(1, 20, dsn="host=db")


def connection():
    return pool.getconn()
