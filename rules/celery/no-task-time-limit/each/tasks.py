import requests
from celery import Celery

app = Celery("work", broker="redis://redis:6379/0")


# pass: no-task-time-limit
@app.task(time_limit=60)
def fetch(url):
    return requests.get(url, timeout=10).text


@app.task
def add(a, b):
    return a + b
