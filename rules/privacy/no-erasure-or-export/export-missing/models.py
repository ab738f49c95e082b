from sqlalchemy import Column, Integer, String

from base import Base


# ruleid: no-erasure-or-export
class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    phone = Column(String)


def delete_customer(db, customer):
    db.delete(customer)
