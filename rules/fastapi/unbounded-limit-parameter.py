from typing import Annotated

from fastapi import Body, FastAPI, Query

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
