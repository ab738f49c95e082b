import redis
from fastapi import FastAPI

app = FastAPI()
cache = redis.Redis()


@app.get("/health")
# ruleid: health-endpoint-shallow
def health():
    return {"status": "ok"}
