import hmac
import os

from fastapi import Header, HTTPException

from config import settings

API_KEY = os.getenv("API_KEY")


def require_key(x_api_key: str = Header(None)):
    # ruleid: auth-fails-open
    if settings.api_key and x_api_key != settings.api_key:
        raise HTTPException(status_code=401)


def verify_token(token):
    # ruleid: auth-fails-open
    if not API_KEY:
        return True
    return hmac.compare_digest(token, API_KEY)


async def check_key(x_api_key: str = Header(None)):
    # ruleid: auth-fails-open
    if not settings.service_api_key:
        return
    if x_api_key != settings.service_api_key:
        raise HTTPException(403)


def strict(x_api_key: str = Header(None)):
    # ok: auth-fails-open
    if not API_KEY:
        raise RuntimeError("API_KEY is not set")
    # ok: auth-fails-open
    if x_api_key != API_KEY:
        raise HTTPException(401)


def send_to_tracker(event):
    # ok: auth-fails-open
    if not settings.tracker_api_key:
        return
    post(event, settings.tracker_api_key)


def optional(user):
    # ok: auth-fails-open
    if not user:
        return None
    return user
