from fastapi import Depends, FastAPI, HTTPException, Request
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()


class CsrfMiddleware(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if "x-csrf-token" not in request.headers:
            raise HTTPException(status_code=403)
        return await call_next(request)


app.add_middleware(CsrfMiddleware)


def current_user(token: str):
    raise HTTPException(status_code=401)


# pass: route-without-auth
@app.post("/orders")
def order(user=Depends(current_user)):
    return {}


# ruleid: route-without-auth
@app.post("/deliveries")
def deliver():
    return {}
