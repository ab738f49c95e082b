"""Orders over HTTP."""

import logging
import time

import sentry_sdk
from fastapi import FastAPI, Request
from prometheus_client import CollectorRegistry, Counter, Histogram, make_asgi_app, multiprocess
from pythonjsonlogger.jsonlogger import JsonFormatter
from slowapi import Limiter
from slowapi.middleware import SlowAPIMiddleware
from slowapi.util import get_remote_address

handler = logging.StreamHandler()
handler.setFormatter(JsonFormatter())
logging.basicConfig(handlers=[handler], level=logging.INFO)

sentry_sdk.init(traces_sample_rate=0.1)

app = FastAPI()
app.state.limiter = Limiter(key_func=get_remote_address, default_limits=["60/minute"])
app.add_middleware(SlowAPIMiddleware)
registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
app.mount("/metrics", make_asgi_app(registry))

ORDERS = Counter("orders_created_total", "Orders created")
REQUESTS = Counter("http_requests_total", "Requests answered", ["method", "status"])
SECONDS = Histogram("http_request_duration_seconds", "Seconds until the answer")


@app.middleware("http")
async def measure(request: Request, call_next):
    start = time.perf_counter()
    response = await call_next(request)
    SECONDS.observe(time.perf_counter() - start)
    REQUESTS.labels(request.method, str(response.status_code)).inc()
    return response


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}
