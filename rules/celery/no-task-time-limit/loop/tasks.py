import asyncio

from celery import Celery

app = Celery("work", broker="redis://redis:6379/0")


async def ingest(document):
    return document


# ruleid: no-task-time-limit
@app.task
def run(document):
    return asyncio.run(ingest(document))
