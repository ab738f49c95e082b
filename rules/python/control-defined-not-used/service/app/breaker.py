import pybreaker


# ruleid: control-defined-not-used
class CircuitBreaker:
    def call(self, function):
        return CircuitBreaker.wrap(function)

    @staticmethod
    def wrap(function):
        return function


# ok: control-defined-not-used
class CircuitBreakerError(Exception):
    pass


# ruleid: control-defined-not-used
payments = pybreaker.CircuitBreaker(fail_max=5)
