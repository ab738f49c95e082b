import os

from fastapi import FastAPI
from slowapi import Limiter
from slowapi.util import get_remote_address

app = FastAPI()
# pass: rate-limit-in-process
limiter = Limiter(key_func=get_remote_address, storage_uri=os.environ["REDIS_URL"])
