from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter

app = FastAPI()
# pass: metric-registered-per-call
GOOD = Counter("good_total", "Good")


@app.get("/items")
def items():
    # ruleid: metric-registered-per-call
    Counter("items_total", "Items").inc()
    return []


@app.get("/other")
def other():
    # pass: metric-registered-per-call
    Counter("other_total", "Other", registry=CollectorRegistry()).inc()
    return []


def setup():
    # unknown: metric-registered-per-call
    return Counter("setup_total", "Setup")
