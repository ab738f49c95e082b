from prometheus_client import Counter
REQUESTS = Counter("requests", "Requests")
