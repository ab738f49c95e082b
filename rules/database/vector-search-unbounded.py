from fastapi import FastAPI, Query, Request
from pydantic import BaseModel, Field
from qdrant_client import QdrantClient

app = FastAPI()
client = QdrantClient("http://qdrant:6333")


@app.get("/search")
def search(text: str, limit: int = 10):
    # ruleid: vector-search-unbounded
    return client.search("documents", query_vector=embed(text), limit=limit)


@app.get("/points")
def points(text: str, top: int):
    # ruleid: vector-search-unbounded
    return client.query_points("documents", query=embed(text), limit=top)


@app.get("/bounded")
def bounded(text: str, limit: int = Query(10, le=100)):
    # pass: vector-search-unbounded
    return client.search("documents", query_vector=embed(text), limit=limit)


@app.get("/fixed")
def fixed(text: str):
    # pass: vector-search-unbounded
    return client.search("documents", query_vector=embed(text), limit=10)


@app.get("/clamped")
def clamped(text: str, limit: int = 10):
    # pass: vector-search-unbounded
    return client.search("documents", query_vector=embed(text), limit=min(limit, 100))


class Question(BaseModel):
    text: str
    limit: int = 5
    top_k: int = Field(5, le=50)


@app.post("/ask")
def ask(question: Question):
    # ruleid: vector-search-unbounded
    client.query_points("documents", query=embed(question.text), limit=question.limit)
    # pass: vector-search-unbounded
    return client.query_points("documents", query=embed(question.text), limit=question.top_k)


@app.post("/ask-raw")
async def ask_raw(request: Request):
    body = await request.json()
    # ruleid: vector-search-unbounded
    return client.search("documents", query_vector=embed(body["text"]), limit=body.get("top_k", 50))


def nearest(vector, count):
    # unknown: vector-search-unbounded
    return client.search("documents", query_vector=vector, limit=count)


def usual(vector):
    # pass: vector-search-unbounded
    return client.search("documents", query_vector=vector)
