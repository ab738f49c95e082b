from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    site_url: str = "https://shop.acme-corp.com"
