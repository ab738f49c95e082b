from sqlalchemy import Column, Integer, String

from base import Base


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    # pass: inventory-personal-data
    email = Column(String, unique=True)
    full_name = Column(String)
    email_verified = Column(Integer)


# ok: inventory-personal-data
class Server(Base):
    __tablename__ = "servers"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    default_location = Column(String)
