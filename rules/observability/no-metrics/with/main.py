from fastapi import FastAPI
from prometheus_fastapi_instrumentator import Instrumentator

# pass: no-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    return []
