from prometheus_client import CollectorRegistry, Counter


def make(name):
    # ok: metric-registered-per-call
    return Counter(name, name)


ORDERS = make("orders_total")


class Metrics:
    def __init__(self, registry=None):
        # pass: metric-registered-per-call
        self.orders = Counter("o_total", "O", registry=registry or CollectorRegistry())
