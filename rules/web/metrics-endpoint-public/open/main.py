from fastapi import FastAPI, Response
from prometheus_client import generate_latest

app = FastAPI()


@app.get("/metrics")
def metrics():
    return Response(generate_latest())


@app.get("/api/numbers")
def more():
    return Response(generate_latest())


@app.get("/api/sales/metrics")
def sales():
    return {}
