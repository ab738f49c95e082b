import os

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware import Middleware

from config import settings

app = FastAPI()
ORIGINS = ["*"]

# ruleid: wildcard-cors
app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)

# ruleid: wildcard-cors
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS, allow_methods=["GET"])

# pass: wildcard-cors
app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com"], allow_methods=["*"], allow_headers=["*"])

# pass: wildcard-cors
app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins)

# ruleid: wildcard-cors
wide = Middleware(CORSMiddleware, allow_origins=os.getenv("CORS", "*").split(","))

# ruleid: wildcard-cors
app.add_middleware(CORSMiddleware, allow_origin_regex=".*")
