from fastapi import Depends, FastAPI, HTTPException
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()


class AuthMiddleware(BaseHTTPMiddleware):
    async def dispatch(self, request, call_next):
        if "authorization" not in request.headers:
            raise HTTPException(401)
        return await call_next(request)


app.add_middleware(AuthMiddleware)


def admin():
    raise HTTPException(403)


# pass: route-without-auth
@app.get("/a")
def a(user=Depends(admin)):
    return 1


# pass: route-without-auth
@app.post("/b")
def b():
    return 1
