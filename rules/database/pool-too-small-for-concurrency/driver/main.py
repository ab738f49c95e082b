from fastapi import FastAPI
from psycopg2.pool import ThreadedConnectionPool

# ruleid: pool-too-small-for-concurrency
pool = ThreadedConnectionPool(2, 15, dsn="postgresql://db/shop")
app = FastAPI()


@app.get("/orders")
def orders():
    return []
