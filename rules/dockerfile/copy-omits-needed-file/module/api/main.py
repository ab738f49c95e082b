# pass: copy-omits-needed-file
from api import store
# ruleid: copy-omits-needed-file
from shared import clock

try:
    # ok: copy-omits-needed-file
    from extra import speed
except ImportError:
    speed = None

print(store.load(), clock.now())
