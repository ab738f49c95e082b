from fastapi import FastAPI, Request
from slowapi import Limiter
from slowapi.util import get_remote_address

limiter = Limiter(key_func=get_remote_address)
app = FastAPI()


# ruleid: sensitive-route-without-rate-limit
@app.post("/auth/login")
def login(request: Request):
    return ""


# ruleid: sensitive-route-without-rate-limit
@app.post("/api-keys")
def create_key(request: Request):
    return ""


# pass: sensitive-route-without-rate-limit
@app.post("/auth/register")
@limiter.limit("5/minute")
def register(request: Request):
    return ""


# ok: sensitive-route-without-rate-limit
@app.get("/auth/login")
def form():
    return ""


# ok: sensitive-route-without-rate-limit
@app.post("/orders")
def order():
    return ""


# ok: sensitive-route-without-rate-limit
@app.post("/auth/logout")
def logout():
    return ""
