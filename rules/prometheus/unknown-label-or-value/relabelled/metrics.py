from prometheus_client import Counter
ORDERS = Counter("shop_orders", "Orders", ["status", "country"])
