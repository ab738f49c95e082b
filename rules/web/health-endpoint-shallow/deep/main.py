import redis
from fastapi import FastAPI

app = FastAPI()
cache = redis.Redis()


@app.get("/livez")
# pass: health-endpoint-shallow
def live():
    return {"status": "ok"}


@app.get("/readyz")
# pass: health-endpoint-shallow
def ready():
    cache.ping()
    return {"status": "ok"}
