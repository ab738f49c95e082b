"""Orders over HTTP."""

import logging

import sentry_sdk
from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter, make_asgi_app, multiprocess
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


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}
