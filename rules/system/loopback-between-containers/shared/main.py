import os


def connect(url="redis://localhost:6379"):
    return url


# pass: loopback-between-containers
connect(os.getenv("REDIS_URL", "redis://localhost:6379"))
