from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

# ruleid: missing-security-headers
app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.test"])


@app.get("/")
def index():
    return {}
