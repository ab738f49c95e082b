from prometheus_client import Counter, Gauge
ORDERS = Counter("shop_orders", "Orders")
OPEN = Gauge("shop_open_carts", "Open")
