from fastapi import FastAPI
from slowapi import Limiter
from slowapi.util import get_remote_address

app = FastAPI()
# ruleid: rate-limit-in-process
limiter = Limiter(key_func=get_remote_address, default_limits=["60/minute"])
