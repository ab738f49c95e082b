import secrets

from sqlalchemy import Column, ForeignKey, Integer, String

from base import Base


class ApiKey(Base):
    __tablename__ = "api_keys"
    id = Column(Integer, primary_key=True)
    # ruleid: api-key-stored-plaintext
    key = Column(String(64), unique=True, index=True)
    user_id = Column(ForeignKey("users.id"))


class UserApiKey(Base):
    __tablename__ = "user_api_keys"
    id = Column(Integer, primary_key=True)
    # pass: api-key-stored-plaintext
    key_hash = Column(String(64), unique=True)
    prefix = Column(String(8))


# ok: api-key-stored-plaintext
class AccessToken(Base):
    __tablename__ = "oauth_tokens"
    id = Column(Integer, primary_key=True)
    provider = Column(String(20))
    token = Column(String)


# ok: api-key-stored-plaintext
class Translation(Base):
    __tablename__ = "translations"
    id = Column(Integer, primary_key=True)
    key = Column(String(64))


def create(db, user):
    db.add(ApiKey(key=secrets.token_urlsafe(32), user_id=user.id))
