from prometheus_client import Counter, start_http_server

orders = Counter("orders_total", "Orders")
orders.inc()
start_http_server(8000)
