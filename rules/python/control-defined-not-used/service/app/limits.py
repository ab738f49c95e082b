from slowapi import Limiter

# pass: control-defined-not-used
limiter = Limiter(key_func=str)
