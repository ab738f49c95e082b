import requests
from celery import Celery

app = Celery("jobs", broker="redis://redis:6379/0")


# ruleid: task-without-retry
@app.task
def fetch(url):
    return requests.get(url, timeout=5).text


# pass: task-without-retry
@app.task(bind=True, autoretry_for=(ConnectionError,), retry_kwargs={"max_retries": 3})
def send(self, url):
    return requests.post(url, timeout=5).text


# pass: task-without-retry
@app.task(bind=True)
def push(self, url):
    try:
        return requests.post(url, timeout=5).text
    except requests.ConnectionError as error:
        raise self.retry(exc=error)


# ok: task-without-retry
@app.task
def add(a, b):
    return a + b
