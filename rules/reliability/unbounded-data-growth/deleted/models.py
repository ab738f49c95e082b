from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


# ok: unbounded-data-growth
class RequestLog(Base):
    __tablename__ = "request_logs"
    id = Column(Integer, primary_key=True)
    at = Column(DateTime)


# ok: unbounded-data-growth
class CatalogItem(Base):
    __tablename__ = "catalog_items"
    id = Column(Integer, primary_key=True)


def record(session):
    session.add(RequestLog())


def forget(session):
    session.query(RequestLog).delete()
