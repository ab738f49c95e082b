from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    # pass: config-validation
    name: str
    level: str = "info"
