import os

import httpx
import redis
from sqlalchemy import create_engine

# ok: hardcoded-endpoint-config
API_URL = "https://api.stripe.com/v1"
# ok: hardcoded-endpoint-config
cache = redis.from_url(os.getenv("REDIS_URL", "redis://localhost:6379/0"))
# ok: hardcoded-endpoint-config
engine = create_engine("sqlite:///local.db")


def charge(data):
    # ok: hardcoded-endpoint-config
    return httpx.post("https://api.openai.com/v1/chat", json=data, timeout=5)


# ok: hardcoded-endpoint-config
DEFAULT_SERVER_URL = "ws://localhost:5580/ws"
# ok: hardcoded-endpoint-config
CONFIG_URL = "myapp://settings:8080/page"
