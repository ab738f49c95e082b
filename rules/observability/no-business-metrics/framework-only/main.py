from fastapi import FastAPI
# ruleid: no-business-metrics
from prometheus_fastapi_instrumentator import Instrumentator

app = FastAPI()
Instrumentator().instrument(app).expose(app)


@app.get("/orders")
def orders():
    return []
