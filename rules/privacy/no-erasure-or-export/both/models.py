from sqlalchemy import Column, Integer, String

from base import Base


# pass: no-erasure-or-export
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String)


def delete_user(db, user):
    db.delete(user)


def export_user_data(db, user):
    return db.rows(user)
