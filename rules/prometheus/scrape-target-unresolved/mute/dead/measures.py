from prometheus_client import Counter, generate_latest

requests = Counter("requests_total", "Requests")


def text():
    return generate_latest()
