from fastapi import FastAPI
from slowapi import Limiter
from slowapi.util import get_remote_address

app = FastAPI()
# unknown: rate-limit-key-is-proxy
limiter = Limiter(key_func=get_remote_address)
