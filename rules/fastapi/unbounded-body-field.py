from typing import Annotated, Any

from fastapi import Depends, FastAPI
from pydantic import BaseModel, Field

app = FastAPI()


class EventIn(BaseModel):
    name: str
    # ruleid: unbounded-body-field
    payload: dict[str, Any]
    # ok: unbounded-body-field
    extra: Any = None


class NoteIn(BaseModel):
    # ruleid: unbounded-body-field
    tags: list | None = None


class Item(BaseModel):
    # ok: unbounded-body-field
    attributes: dict[str, Any]


class OrderIn(BaseModel):
    # ok: unbounded-body-field
    items: list[Item] = Field(max_length=100)
    # ok: unbounded-body-field
    labels: list = Field(max_length=20)


class Filters(BaseModel):
    # ok: unbounded-body-field
    extra: dict = {}


@app.post("/events")
def create_event(body: EventIn):
    return body


@app.put("/notes")
def change_note(body: NoteIn):
    return body


@app.post("/orders")
def create_order(body: OrderIn, filters: Filters = Depends()):
    return body, filters


# pass: unbounded-body-field
class CommandIn(BaseModel):
    command: str = Field(min_length=1, max_length=200)


@app.post("/commands")
def create_command(body: CommandIn):
    return body
