from opentelemetry import metrics

orders = metrics.get_meter("shop").create_counter("orders")
