from pydantic_settings import BaseSettings

# ok: hardcoded-endpoint-config
DEFAULT_QDRANT_URL = "http://localhost:6333"


class Settings(BaseSettings):
    # ok: hardcoded-endpoint-config
    qdrant_url: str = "http://localhost:6333"
