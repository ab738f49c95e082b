import hmac
import os

from fastapi import Header, HTTPException, Request

from config import settings

API_KEY = os.environ["API_KEY"]


def by_setting(x_api_key: str = Header()):
    # ruleid: non-constant-time-compare
    if x_api_key != settings.api_key:
        raise HTTPException(401)


def by_constant(request: Request):
    # ruleid: non-constant-time-compare
    return request.headers.get("x-api-key") == API_KEY


def by_environment(token):
    # ruleid: non-constant-time-compare
    return token == os.getenv("SERVICE_TOKEN")


def signed(signature, body):
    expected_signature = hmac.new(API_KEY.encode(), body, "sha256").hexdigest()
    # ruleid: non-constant-time-compare
    if signature != expected_signature:
        raise HTTPException(401)


def safe(token):
    # pass: non-constant-time-compare
    return hmac.compare_digest(token, API_KEY)


def others(token, key, kind):
    # ok: non-constant-time-compare
    if token == "":
        return None
    # ok: non-constant-time-compare
    if settings.api_key == "changeme":
        return None
    # ok: non-constant-time-compare
    if token is None or kind == settings.secret_type:
        return None
    # ok: non-constant-time-compare
    return key == "Enter"


def check_production_guard(settings, webhook_key):
    # ok: non-constant-time-compare
    if webhook_key == settings.jwt_secret:
        raise RuntimeError("one key for two uses")
