from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
# pass: cors-origins-only-local
app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:3000", "https://admin.shop.test"])
