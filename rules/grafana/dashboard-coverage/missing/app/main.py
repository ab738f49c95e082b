from fastapi import FastAPI
from prometheus_client import Counter, Gauge, Histogram

app = FastAPI()
ERRORS = Counter("http_errors", "Requests that failed", ["path"])
LATENCY = Histogram("http_request_duration_seconds", "Time of requests")
POOL = Gauge("db_pool_checked_out", "Connections in use")


@app.post("/orders")
def place():
    return {}
