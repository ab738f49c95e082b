import requests

from .queue import app


# pass: no-task-time-limit
@app.task(bind=True, time_limit=60)
def fetch(self, url):
    return requests.get(url, timeout=10).text
