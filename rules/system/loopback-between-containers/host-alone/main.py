import os

from fastapi import FastAPI

# ruleid: loopback-between-containers
QDRANT_HOST = os.getenv("QDRANT_HOST", "localhost")
# pass: loopback-between-containers
REDIS_HOST = os.getenv("REDIS_HOST", "localhost")

app = FastAPI()


@app.get("/where")
def where():
    return {"qdrant": QDRANT_HOST, "redis": REDIS_HOST}
