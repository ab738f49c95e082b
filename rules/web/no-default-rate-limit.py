from flask_limiter import Limiter as FlaskLimiter
from slowapi import Limiter

from settings import LIMITS, options

# ruleid: no-default-rate-limit
bare = Limiter(key_func=str)
# ruleid: no-default-rate-limit
empty = FlaskLimiter(str, default_limits=[])
# pass: no-default-rate-limit
fixed = Limiter(key_func=str, default_limits=["100/minute"])
# pass: no-default-rate-limit
configured = FlaskLimiter(str, application_limits=LIMITS)
# unknown: no-default-rate-limit
open_ended = Limiter(**options)
