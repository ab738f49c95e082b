# ruleid: control-defined-not-used
class CircuitBreaker:
    def call(self, function):
        return function()

    def status(self):
        return {}


# pass: control-defined-not-used
class RateLimiter:
    def take(self):
        return True
