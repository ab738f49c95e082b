from collections import defaultdict, deque


class RateLimitMiddleware:
    def __init__(self, app, limit=100):
        self.limit = limit
        # ruleid: rate-limiter-of-one-process
        self.requests = defaultdict(list)
        # ok: rate-limiter-of-one-process
        self.settings = {}


class SecurityMiddleware:
    def __init__(self, app):
        # ruleid: rate-limiter-of-one-process
        self.rate_limits: dict[str, deque] = defaultdict(deque)


class RedisRateLimiter:
    def __init__(self, redis):
        # ok: rate-limiter-of-one-process
        self.redis = redis


class Recorder:
    def __init__(self):
        # ok: rate-limiter-of-one-process
        self.requests = {}
