from sqlalchemy import Column, Integer, Text

from base import Base


# ruleid: no-retention-policy
class ChatMessage(Base):
    __tablename__ = "messages"
    id = Column(Integer, primary_key=True)
    content = Column(Text)


# ruleid: no-retention-policy
class RequestLog(Base):
    __tablename__ = "requests"
    id = Column(Integer, primary_key=True)
    ip_address = Column(Text)


# ok: no-retention-policy
class Article(Base):
    __tablename__ = "articles"
    id = Column(Integer, primary_key=True)
    content = Column(Text)
