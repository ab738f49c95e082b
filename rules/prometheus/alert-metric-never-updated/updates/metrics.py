from prometheus_client import Counter, Gauge, Histogram

QUEUE = Gauge("shop_queue", "Queue")
QUEUE.set_function(lambda: 3)
LABELLED = Gauge("shop_labelled", "Labelled", ["a"])
LATENCY = Histogram("shop_latency_seconds", "Latency")
DYNAMIC = {"d": Gauge("shop_dynamic", "Dynamic")}
FAILED = Counter("shop_failed", "Failed")


def update(name):
    LABELLED.labels(a="x").set(3)
    DYNAMIC[name].set(1)


@LATENCY.time()
def slow():
    with FAILED.count_exceptions():
        return 1
