from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Column, ForeignKey, Integer, select
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

Base = declarative_base()
app = FastAPI()
session = Session()


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), index=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    lines = relationship("Line")
    notes = relationship("Line", lazy="selectin")
    gifts = relationship("Line")


class LineOut(BaseModel):
    id: int


class OrderOut(BaseModel):
    id: int
    # ruleid: n-plus-one-lazy-load
    lines: list[LineOut]
    # pass: n-plus-one-lazy-load
    notes: list[LineOut]


class BasketOut(BaseModel):
    # ruleid: n-plus-one-lazy-load
    gifts: list[LineOut]


class FullOut(BaseModel):
    # pass: n-plus-one-lazy-load
    lines: list[LineOut]


@app.get("/orders", response_model=list[OrderOut])
def orders():
    return session.execute(select(Order)).scalars().all()


@app.get("/baskets", response_model=list[BasketOut])
def baskets():
    return session.query(Order).all()


@app.get("/full", response_model=list[FullOut])
def full():
    return session.execute(select(Order).options(selectinload(Order.lines))).scalars().all()


@app.get("/orders/{number}", response_model=OrderOut)
def one(number: int):
    return session.get(Order, number)
