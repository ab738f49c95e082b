from fastapi import FastAPI
from statsd import StatsClient

statsd = StatsClient()
# pass: no-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    statsd.incr("orders")
    return []
