from fastapi import FastAPI
from opentelemetry import trace

# pass: no-distributed-tracing
app = FastAPI()


@app.get("/orders")
def orders():
    return []
