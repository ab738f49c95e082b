from prometheus_client import Counter, Histogram
ORDERS = Counter("shop_orders", "Orders")
LATENCY = Histogram("shop_latency_seconds", "Latency")
