from prometheus_client import Counter, Gauge
ORDERS = Counter("shop_orders", "Orders")
BREAKER = Gauge("shop_breaker_open", "Breaker")
STALE = Counter("shop_stale", "Stale")


def order() -> None:
    ORDERS.inc()
