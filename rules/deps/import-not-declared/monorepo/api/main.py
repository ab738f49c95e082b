# pass: import-not-declared
import httpx
# ok: import-not-declared
import shared_models
# ruleid: import-not-declared
import redis
