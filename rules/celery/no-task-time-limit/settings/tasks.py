import requests
from celery import Celery

app = Celery("work", broker="redis://redis:6379/0")


# pass: no-task-time-limit
@app.task
def fetch(url):
    return requests.get(url, timeout=10).text


@app.task
def add(a, b):
    return a + b


app.conf.update(task_time_limit=300, task_soft_time_limit=240)
