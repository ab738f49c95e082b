from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

app = FastAPI()
# ruleid: multi-worker-unsafe-scheduler
scheduler = AsyncIOScheduler()


@app.get("/")
def index():
    return {}
