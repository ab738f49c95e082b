from prometheus_client import Counter
ORDERS = Counter("orders", "Orders", namespace="shop")
