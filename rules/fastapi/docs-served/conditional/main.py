import os

from fastapi import FastAPI

is_production = os.environ["ENVIRONMENT"] == "production"
# pass: docs-served
app = FastAPI(title="shop", docs_url=None if is_production else "/docs", openapi_url=None if is_production else "/openapi.json")
