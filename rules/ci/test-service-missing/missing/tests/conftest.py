import os

import redis
from sqlalchemy import create_engine

engine = create_engine("postgresql://app:app@localhost:5432/test")
cache = redis.from_url(os.getenv("REDIS_URL", "redis://localhost:6379/0"))
