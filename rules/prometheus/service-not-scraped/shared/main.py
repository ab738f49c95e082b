from prometheus_client import Counter

SEEN = Counter("seen_total", "x")
