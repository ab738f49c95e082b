from prometheus_client import Counter

# pass: high-cardinality-label
REQUESTS = Counter("requests_total", "Requests", ["method", "route"])
# ruleid: high-cardinality-label
LOGINS = Counter("logins_total", "Logins", ["user_id"])


def count(request, route):
    # ok: high-cardinality-label
    REQUESTS.labels(method=request.method, route=route.template).inc()
    # ok: high-cardinality-label
    LOGINS.labels(user_id=request.user_id).inc()
    # ruleid: high-cardinality-label
    REQUESTS.labels(method="GET", route=request.url.path).inc()
