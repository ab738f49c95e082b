from fastapi import FastAPI, HTTPException, Request, status
from fastapi.responses import JSONResponse
from starlette.middleware.base import BaseHTTPMiddleware

app = FastAPI()


class RateLimit(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if await self.is_over(request.client.host):
            # ruleid: http-exception-in-middleware
            raise HTTPException(status_code=status.HTTP_429_TOO_MANY_REQUESTS, detail="slow down")
        return await call_next(request)


class Answering(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        if "x-key" not in request.headers:
            # ok: http-exception-in-middleware
            return JSONResponse(status_code=401, content={"detail": "who are you?"})
        return await call_next(request)


class Catching(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next):
        try:
            if "x-key" not in request.headers:
                # ok: http-exception-in-middleware
                raise HTTPException(status_code=401)
        except HTTPException as error:
            return JSONResponse(status_code=error.status_code, content={"detail": error.detail})
        return await call_next(request)


@app.middleware("http")
async def check_origin(request: Request, call_next):
    if request.headers.get("origin") == "null":
        # ruleid: http-exception-in-middleware
        raise HTTPException(403, "origin")
    return await call_next(request)


@app.get("/items/{item}")
async def item(item: int):
    # ok: http-exception-in-middleware
    raise HTTPException(404)


class Guard:
    async def dispatch(self, request: Request):
        # ok: http-exception-in-middleware
        raise HTTPException(403)
