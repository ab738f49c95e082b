import os

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

ORIGINS = os.getenv("CORS_ORIGINS", "*").split(",")
app = FastAPI()
# pass: wildcard-cors
app.add_middleware(CORSMiddleware, allow_origins=ORIGINS)
