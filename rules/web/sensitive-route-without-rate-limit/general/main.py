from fastapi import FastAPI, Request
from slowapi import Limiter
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, default_limits=["60/minute"])
app = FastAPI()


# pass: sensitive-route-without-rate-limit
@app.post("/auth/login")
def login(request: Request):
    return ""
