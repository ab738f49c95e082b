import os

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    mail_host: str = "localhost"


DATABASE = os.environ["DATABASE_URL"]
