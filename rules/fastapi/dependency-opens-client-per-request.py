from functools import lru_cache

import redis
from fastapi import Depends, FastAPI
from openai import OpenAI
from qdrant_client import QdrantClient

app = FastAPI()
# pass: dependency-opens-client-per-request
shared = redis.Redis(host="cache")
_vectors = None


def get_cache():
    # ruleid: dependency-opens-client-per-request
    return redis.Redis(host="cache")


@lru_cache
def get_model():
    # ok: dependency-opens-client-per-request
    return OpenAI()


def get_vectors():
    global _vectors
    if _vectors is None:
        # ok: dependency-opens-client-per-request
        _vectors = QdrantClient(url="http://qdrant:6333")
    return _vectors


@app.get("/a")
def a(cache=Depends(get_cache), model=Depends(get_model), vectors=Depends(get_vectors)):
    return cache


@app.post("/b")
def b():
    # ruleid: dependency-opens-client-per-request
    client = OpenAI()
    return client


@app.on_event("startup")
def start():
    # ok: dependency-opens-client-per-request
    app.state.model = OpenAI()
