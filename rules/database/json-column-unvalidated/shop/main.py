from typing import Any, Dict, Optional

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Column, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declarative_base

Base = declarative_base()
app = FastAPI()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    extras = Column(JSONB)
    address = Column(JSONB)
    options = Column(JSONB)
    brand_keywords = Column(JSONB)


class Address(BaseModel):
    street: str


class OrderCreate(BaseModel):
    # ruleid: json-column-unvalidated
    extras: Dict[str, Any]
    # pass: json-column-unvalidated
    address: Address
    # ruleid: json-column-unvalidated
    options: Optional[dict] = None


class Report(BaseModel):
    # ok: json-column-unvalidated
    extras: dict


@app.post("/orders")
def order(body: OrderCreate):
    return Order(**body.model_dump())


class BrandProfile(BaseModel):
    # ruleid: json-column-unvalidated
    brand_keywords: list[Any] = []
    # ok: json-column-unvalidated
    shown_names: list[Any] = []


@app.put("/brand")
def brand(body: BrandProfile):
    return body
