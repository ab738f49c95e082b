from typing import Annotated, Optional

from fastapi import Body, FastAPI, Query
from pydantic import BaseModel, Field, field_validator

app = FastAPI()


@app.get("/items")
# ok: unbounded-limit-parameter
def items(skip: int = 0):
    return skip


@app.get("/rows")
# ruleid: unbounded-limit-parameter
def rows(limit: int = 100):
    return limit


@app.get("/matches")
# ruleid: unbounded-limit-parameter
def matches(q: str, top_k: int = Query(10, ge=1)):
    return top_k


@app.get("/pages")
# pass: unbounded-limit-parameter
def pages(page_size: int = Query(20, le=100)):
    return page_size


@app.get("/bounded")
# pass: unbounded-limit-parameter
def bounded(limit: Annotated[int, Query(le=50)] = 10):
    return limit


@app.get("/clamped")
# pass: unbounded-limit-parameter
def clamped(limit: int = 10):
    return min(limit, 100)


# ok: unbounded-limit-parameter
def helper(limit: int = 10):
    return limit


@app.post("/text")
# ok: unbounded-limit-parameter
def text(size: str = "large"):
    return size


class Search(BaseModel):
    text: str
    # ruleid: unbounded-limit-parameter
    limit: int = 5
    # pass: unbounded-limit-parameter
    top_k: int = Field(default=5, le=50)


class Checked(BaseModel):
    # pass: unbounded-limit-parameter
    page_size: int = 20

    @field_validator("page_size")
    def is_small(cls, value):
        return min(value, 100)


class Clamped(BaseModel):
    # pass: unbounded-limit-parameter
    n_results: Optional[int] = None


class Stored(BaseModel):
    # ok: unbounded-limit-parameter
    limit: int = 5


@app.post("/search")
def search(payload: Search):
    return payload


@app.post("/checked")
def checked(payload: Checked):
    return payload


@app.post("/clamped")
def clamped(payload: Clamped):
    return find(min(payload.n_results, 50))
