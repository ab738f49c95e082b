from sqlalchemy import Column, Integer, String

from base import Base


# ruleid: no-erasure-or-export
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String)
