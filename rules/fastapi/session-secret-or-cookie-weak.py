import os

from fastapi import FastAPI, Response
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
# ruleid: session-secret-or-cookie-weak
app.add_middleware(SessionMiddleware, secret_key="s3cr3t")
# ruleid: session-secret-or-cookie-weak
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_SECRET"], https_only=False)
# ok: session-secret-or-cookie-weak
app.add_middleware(SessionMiddleware, secret_key=os.environ["SESSION_SECRET"], https_only=True)


@app.post("/login")
def login(response: Response, token: str, secure: bool):
    # ruleid: session-secret-or-cookie-weak
    response.set_cookie("session_id", token)
    # ruleid: session-secret-or-cookie-weak
    response.set_cookie(key="access_token", value=token, httponly=True, secure=False)
    # ok: session-secret-or-cookie-weak
    response.set_cookie("session_id", token, secure=secure, httponly=True, samesite="lax")
    # ok: session-secret-or-cookie-weak
    response.set_cookie("theme", "dark")
