import os

from pydantic_settings import BaseSettings, SettingsConfigDict

# ruleid: required-setting-not-provided
TOKEN = os.environ["SMTP_TOKEN"]
# pass: required-setting-not-provided
DATABASE = os.environ["DATABASE_URL"]
# ok: required-setting-not-provided
LEVEL = os.getenv("LOG_LEVEL")
# ok: required-setting-not-provided
PORT = int(os.environ["PORT"])


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    # pass: required-setting-not-provided
    secret_key: str
    # ruleid: required-setting-not-provided
    payment_key: str
    # ok: required-setting-not-provided
    region: str = "eu"


try:
    # ok: required-setting-not-provided
    NODE = os.environ["NODE_NAME"]
except KeyError:
    NODE = "local"

# ok: required-setting-not-provided
INTERPRETER = os.environ["PYTHON_VERSION"]
