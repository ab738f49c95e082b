from fastapi import APIRouter, Depends, FastAPI

from app.auth import signed_in
from app.config import settings

app = FastAPI()
users = APIRouter(prefix="/users", dependencies=[Depends(signed_in)])
private = APIRouter(prefix="/private")
extra = APIRouter(prefix="/extra")


# pass: route-without-auth
@users.get("/")
def list_users():
    return []


# unknown: route-without-auth
@private.post("/users")
def create(name: str):
    return name


# ruleid: route-without-auth
@extra.post("/reports")
def report(name: str):
    return name


app.include_router(users)
if settings.ENVIRONMENT == "development":
    app.include_router(private)
if settings.EXTRA:
    app.include_router(extra)
