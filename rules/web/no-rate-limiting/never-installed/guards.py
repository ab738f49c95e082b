class RateLimitMiddleware:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        await RateLimitMiddleware.count(self)

    async def count(self):
        return 0
