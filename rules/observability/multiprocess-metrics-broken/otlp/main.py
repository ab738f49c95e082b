from opentelemetry import metrics

ORDERS = metrics.get_meter("shop").create_counter("orders")
