from functools import lru_cache

import asyncpg
import psycopg2
from fastapi import Depends, FastAPI
from psycopg2.pool import SimpleConnectionPool
from pymongo import MongoClient
from sqlalchemy import create_engine

app = FastAPI()
# pass: connection-without-pool
pool = SimpleConnectionPool(1, 10, "host=db")
_mongo = None


@app.get("/items")
def items():
    # ruleid: connection-without-pool
    connection = psycopg2.connect("host=db")
    return connection


async def find_user(name: str):
    # ruleid: connection-without-pool
    connection = await asyncpg.connect(host="db")
    return await connection.fetchrow("SELECT 1")


@app.get("/users/{name}")
async def user(name: str):
    return await find_user(name)


@lru_cache
def mongo():
    # ok: connection-without-pool
    return MongoClient("mongodb://mongo")


def cached():
    global _mongo
    if _mongo is None:
        # ok: connection-without-pool
        _mongo = MongoClient("mongodb://mongo")
    return _mongo


@app.get("/documents")
def documents(client=Depends(mongo), other=Depends(cached)):
    with pool.getconn() as connection:
        return connection


def migrate():
    # ok: connection-without-pool
    return psycopg2.connect("host=db")


_engine = None


def create_main_engine():
    # ok: connection-without-pool
    return create_engine("postgresql://db/app", pool_size=5)


def get_main_engine():
    global _engine
    if _engine is None:
        _engine = create_main_engine()
    return _engine


@app.get("/kept")
def kept():
    return get_main_engine().connect()
