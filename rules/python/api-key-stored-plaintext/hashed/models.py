import hashlib
import secrets

from sqlalchemy import Column, Integer, String

from base import Base


class APIKey(Base):
    __tablename__ = "api_keys"
    id = Column(Integer, primary_key=True)
    # pass: api-key-stored-plaintext
    key = Column(String(64), unique=True, index=True)


def create(db):
    key = secrets.token_urlsafe(32)
    db.add(APIKey(key=hashlib.sha256(key.encode()).hexdigest()))
    return key
