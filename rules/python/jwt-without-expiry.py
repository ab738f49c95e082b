from datetime import datetime, timedelta, timezone

import jwt
from jose import jwt as jose_jwt


def issue(user, key):
    # ruleid: jwt-without-expiry
    return jwt.encode({"sub": user.id}, key, algorithm="HS256")


def issue_later(user, key):
    claims = {"sub": user.id, "iat": datetime.now(timezone.utc)}
    # ruleid: jwt-without-expiry
    return jose_jwt.encode(claims, key)


def fixed(user, key, lifetime, more):
    expires = datetime.now(timezone.utc) + timedelta(minutes=15)
    # ok: jwt-without-expiry
    jwt.encode({"sub": user.id, "exp": expires}, key)
    # ok: jwt-without-expiry
    jwt.encode({"sub": user.id, **more}, key)
    claims = {"sub": user.id}
    claims["exp"] = expires
    # ok: jwt-without-expiry
    return jwt.encode(claims, key)


def updated(user, key, expires):
    claims = {"sub": user.id}
    claims.update({"exp": expires})
    # ok: jwt-without-expiry
    return jwt.encode(claims, key)


def passed(claims, key):
    # ok: jwt-without-expiry
    return jwt.encode(claims, key)
