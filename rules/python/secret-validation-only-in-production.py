import os

DEFAULT = "dev-secret"


def check(settings):
    # ruleid: secret-validation-only-in-production
    if settings.environment == "production":
        if settings.secret_key == DEFAULT:
            raise ValueError("SECRET_KEY must be set")
    # ruleid: secret-validation-only-in-production
    if os.getenv("APP_ENV") == "prod" and len(settings.jwt_secret) < 32:
        raise RuntimeError("the JWT secret is too short")


def fixed(settings):
    # ok: secret-validation-only-in-production
    if len(settings.secret_key) < 32 or settings.secret_key == DEFAULT:
        raise ValueError("SECRET_KEY must have 32 characters")
    # ok: secret-validation-only-in-production
    if settings.environment == "production":
        if settings.debug:
            raise ValueError("debug is on")
    # ok: secret-validation-only-in-production
    if settings.environment == "test":
        raise ValueError("no secret in tests")


class Told:
    def check(self):
        # ruleid: secret-validation-only-in-production
        if self.environment in ("production", "prod"):
            if self.secret_key == "change-me":
                raise ValueError("SECRET_KEY must be set in production")
        # ok: secret-validation-only-in-production
        if self.environment in ("test", "ci"):
            raise ValueError("no secret in tests")


# ruleid: secret-validation-only-in-production
if config.ENV in ["prod", "staging"] and config.SECRET_KEY == "change-me":
    raise RuntimeError("SECRET_KEY is not set")

# ok: secret-validation-only-in-production
if config.ENV in ("production", "staging") and config.DEBUG:
    raise RuntimeError("DEBUG must be off")
