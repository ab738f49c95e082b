from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.security import get_password_hash


def seed(session):
    # ruleid: default-account-seeded
    session.add({"name": "admin", "hash": get_password_hash("changeme1")})


def generated(session, password):
    # ok: default-account-seeded
    session.add({"name": "admin", "hash": get_password_hash(password)})


@asynccontextmanager
async def lifespan(app):
    seed(app.state.session)
    yield


app = FastAPI(lifespan=lifespan)
