from flask import Flask

app = Flask(__name__)
# ruleid: session-cookie-flags
app.config["SESSION_COOKIE_HTTPONLY"] = False


def login(response, token, options, secure):
    # ruleid: session-cookie-flags
    response.set_cookie("session_id", token)
    # ruleid: session-cookie-flags
    response.set_cookie(key="access_token", value=token, httponly=True, secure=False)
    # ruleid: session-cookie-flags
    response.set_cookie("refresh_token", token, secure=True)
    # ok: session-cookie-flags
    response.set_cookie("session_id", token, secure=True, httponly=True, samesite="Lax")
    # ok: session-cookie-flags
    response.set_cookie("session_id", token, secure=secure, httponly=True)
    # ok: session-cookie-flags
    response.set_cookie("theme", "dark")
    # ok: session-cookie-flags
    response.set_cookie("csrf_token", token)
    # ok: session-cookie-flags
    response.set_cookie("session_id", token, **options)


# ok: session-cookie-flags
app.config["SESSION_COOKIE_SECURE"] = True
