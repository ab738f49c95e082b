from abc import ABC

from fastapi import HTTPException


# ruleid: auth-check-always-passes
def verify_token(token):
    print("checking", token)
    return True


class Guard:
    # ruleid: auth-check-always-passes
    def has_permission(self, user, permission):
        if not user:
            return True
        return True

    # pass: auth-check-always-passes
    def has_access(self, user):
        return user.is_staff

    # pass: auth-check-always-passes
    def check_access(self, user):
        if not user.is_staff:
            raise HTTPException(403)
        return True

    # pass: auth-check-always-passes
    def authorize(self, user):
        require_staff(user)
        return True


def require_staff(user):
    if not user.is_staff:
        raise HTTPException(403)


class AllowAny:
    # ok: auth-check-always-passes
    def has_permission(self, user):
        return True


class Verifier(ABC):
    # ok: auth-check-always-passes
    def verify_token(self, token):
        return True


# ok: auth-check-always-passes
def is_available():
    return True
