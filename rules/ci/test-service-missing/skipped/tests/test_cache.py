import os

import pytest
import redis

URL = os.getenv("REDIS_URL", "redis://localhost:6379/0")


@pytest.mark.skipif(not os.getenv("REDIS_URL"), reason="needs Redis")
def test_cache():
    assert redis.from_url("redis://localhost:6379/0").ping()
