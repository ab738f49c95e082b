from fastapi import FastAPI, Response
from prometheus_client import generate_latest, start_http_server

app = FastAPI()


@app.get("/debug/metrics")
def metrics():
    return Response(generate_latest())


start_http_server(9000)
