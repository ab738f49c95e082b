import os

from pydantic_settings import BaseSettings

# ruleid: secret-default-in-settings
JWT_SECRET = os.getenv("JWT_SECRET", "super-secret-signing-value")
# pass: secret-default-in-settings
API_KEY = os.environ["API_KEY"]
# pass: secret-default-in-settings
OTHER_KEY = os.getenv("STRIPE_API_KEY")
# ruleid: secret-default-in-settings
SESSION_SECRET = os.environ.get("SESSION_SECRET") or "signing-value-of-old"
# pass: secret-default-in-settings
ACCESS_TOKEN = os.environ.get("ACCESS_TOKEN", "").strip() or None
# ok: secret-default-in-settings
TOKEN_URL = os.getenv("TOKEN_URL", "https://login.example.com/token")
# ok: secret-default-in-settings
MAX_TOKENS = os.getenv("MAX_TOKENS", "4096")


class Settings(BaseSettings):
    # ruleid: secret-default-in-settings
    SECRET_KEY: str = "09d25e094faa6ca2556c"
    # ruleid: secret-default-in-settings
    db_password: str = "postgres"
    # pass: secret-default-in-settings
    smtp_password: str = ""
    # ok: secret-default-in-settings
    password_min_length: int = 12
    # ok: secret-default-in-settings
    access_token_expire_minutes: int = 30
