from fastapi import FastAPI
# ruleid: no-business-metrics
from prometheus_client import Counter

REQUESTS = Counter("http_requests_total", "Requests")
app = FastAPI()


@app.get("/orders")
def orders():
    REQUESTS.inc()
    return []
