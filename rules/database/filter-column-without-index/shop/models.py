from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


# ruleid: filter-column-without-index
class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    state = Column(String)
    created_at = Column(DateTime)
    is_paid = Column(Boolean)


# ruleid: filter-column-without-index
class Visit(Base):
    __tablename__ = "visits"
    id = Column(Integer, primary_key=True)
    session_key = Column(String)


# pass: filter-column-without-index
class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    email = Column(String, unique=True)
    name = Column(String)
    region = Column(String)
    __table_args__ = (Index("ix_region", "region", "name"),)


# ok: filter-column-without-index
class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    title = Column(String)


# pass: filter-column-without-index
class Reply(Base):
    __tablename__ = "replies"
    id = Column(Integer, primary_key=True)
    note_id = Column(ForeignKey("notes.id"), index=True)
    written_at = Column(DateTime)
