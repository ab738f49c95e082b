from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

# ruleid: no-graceful-shutdown
app = FastAPI()
scheduler = AsyncIOScheduler()
scheduler.start()


@app.get("/orders")
def orders():
    return []
