from prometheus_client import Counter

LABELS = ["method", "route"]
REQUESTS = Counter("shop_requests_total", "Requests", labelnames=("method", "route"))
