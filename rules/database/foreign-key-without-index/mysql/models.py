from sqlalchemy import Column, ForeignKey, Integer

from .base import Base


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    # ok: foreign-key-without-index
    user_id = Column(Integer, ForeignKey("users.id"))
