# ok: no-health-endpoint
def orders():
    return []
