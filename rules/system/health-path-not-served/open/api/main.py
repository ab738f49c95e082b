import importlib
import os

from fastapi import APIRouter, FastAPI

app = FastAPI()
for name in os.listdir("plugins"):
    app.include_router(importlib.import_module(name).router)
users = APIRouter(prefix=os.environ["PREFIX"])


@users.get("/users")
def read():
    return []


app.include_router(users)
