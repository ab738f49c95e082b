from fastapi import FastAPI

# pass: docs-served
app = FastAPI(title="shop", docs_url=None, redoc_url=None)
