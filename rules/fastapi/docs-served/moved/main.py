from fastapi import FastAPI

# ruleid: docs-served
app = FastAPI(title="shop", docs_url="/api/docs")
