from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

app = FastAPI()
# unknown: multi-worker-unsafe-scheduler
scheduler = AsyncIOScheduler()


@app.get("/")
def index():
    return {}


import redis

client = redis.Redis(socket_timeout=2)


def job():
    with client.lock("job", timeout=60):
        pass
