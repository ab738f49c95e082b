from fastapi import FastAPI
from starlette.config import Config

# ok: required-setting-not-provided
config = Config(".env")
app = FastAPI()


@app.get("/items")
def items():
    return []
