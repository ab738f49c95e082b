from enum import Enum

from prometheus_client import Counter, Histogram


class State(Enum):
    OPEN = "open"


# pass: high-cardinality-label
REQUESTS = Counter("requests_total", "Requests", labelnames=["method", "handler", "status"])
# pass: high-cardinality-label
TENANTS = Histogram("tenant_seconds", "Tenants", ("tenant", "tokens_used_bucket"))


def count(request, state: State):
    # ok: high-cardinality-label
    REQUESTS.labels(request.method, request.scope["route"].path, "200").inc()
    # ok: high-cardinality-label
    TENANTS.labels(tenant=request.tenant.name, tokens_used_bucket=state.value).observe(1)
