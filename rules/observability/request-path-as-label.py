import time

from prometheus_client import Counter, Histogram

COUNT = Counter("http_requests_total", "Requests", ["method", "endpoint"])
LATENCY = Histogram("http_request_duration_seconds", "Latency", ["endpoint"])


async def measure(request, call_next):
    start = time.time()
    response = await call_next(request)
    endpoint = request.url.path
    # ruleid: request-path-as-label
    COUNT.labels(method=request.method, endpoint=endpoint).inc()
    # ruleid: request-path-as-label
    LATENCY.labels(endpoint).observe(time.time() - start)
    return response


async def through_a_service(request, call_next, metrics):
    response = await call_next(request)
    # ruleid: request-path-as-label
    metrics.record_http_request(method=request.method, endpoint=request.url.path, status_code=response.status_code)
    return response


async def templated(request, call_next):
    response = await call_next(request)
    endpoint = request.scope["route"].path
    # ok: request-path-as-label
    COUNT.labels(method=request.method, endpoint=endpoint).inc()
    return response
