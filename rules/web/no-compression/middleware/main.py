from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

# pass: no-compression
app = FastAPI()
app.add_middleware(GZipMiddleware, minimum_size=500)


@app.get("/orders")
def orders():
    return []
