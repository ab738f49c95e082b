import asyncio

import psycopg2
import redis
import redis.asyncio as aioredis
from fastapi import Depends, FastAPI
from qdrant_client import QdrantClient
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

app = FastAPI()
cache = redis.Redis(host="cache")
fast = aioredis.Redis(host="cache")
vectors = QdrantClient(url="http://qdrant:6333")


@app.get("/a")
async def a():
    # ruleid: async-blocking-db-driver
    connection = psycopg2.connect("host=db")
    return cache.get("a"), connection


@app.get("/b")
async def b(db: Session = Depends()):
    # ruleid: async-blocking-db-driver
    db.commit()
    return vectors.search("x", [1.0])


@app.get("/c")
async def c(db: AsyncSession = Depends()):
    # pass: async-blocking-db-driver
    await db.commit()
    return await fast.get("c")


@app.get("/d")
def d(db: Session = Depends()):
    # ok: async-blocking-db-driver
    db.commit()
    # ok: async-blocking-db-driver
    return cache.get("d")


async def e():
    # ok: async-blocking-db-driver
    return await asyncio.to_thread(cache.get, "e")
