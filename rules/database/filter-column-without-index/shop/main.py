from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Customer, Note, Order, Reply, Visit

app = FastAPI()
session = Session()


@app.get("/orders")
def orders(state: str):
    return session.execute(select(Order).where(Order.state == state).order_by(Order.created_at)).all()


@app.get("/visits")
def visits(key: str):
    return session.query(Visit).filter_by(session_key=key).all()


@app.get("/customers")
def customers(email: str, region: str):
    session.query(Customer).filter(Customer.region == region).all()
    return session.query(Customer).filter(Customer.email == email).first()


@app.get("/notes")
def notes():
    return session.execute(select(Note.title).where(Note.id > 1)).all()


@app.get("/replies")
def replies(note: int):
    return session.execute(select(Reply).where(Reply.note_id == note).order_by(Reply.written_at)).all()
