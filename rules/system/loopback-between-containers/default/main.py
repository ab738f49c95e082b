import os

# ruleid: loopback-between-containers
CACHE = os.getenv("CACHE_URL", "redis://localhost:6379/0")
# pass: loopback-between-containers
QUEUE = os.getenv("QUEUE_URL", "amqp://localhost:5672")
# ok: loopback-between-containers
SEARCH = os.getenv("SEARCH_URL", "elastic://localhost:9200")
