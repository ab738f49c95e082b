from sqlalchemy import Column, Integer, String

from base import Base


# ok: no-erasure-or-export
class Account(Base):
    __tablename__ = "cloud_accounts"
    id = Column(Integer, primary_key=True)
    region = Column(String)
