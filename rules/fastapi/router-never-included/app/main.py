from fastapi import FastAPI

from api import carts, users

app = FastAPI()
app.include_router(users.router, prefix="/v1")
