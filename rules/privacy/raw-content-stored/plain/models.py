from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table, Text

from base import Base
from types_ import EncryptedType

metadata = MetaData()


class Iteration(Base):
    __tablename__ = "iterations"
    id = Column(Integer, primary_key=True)
    # ruleid: raw-content-stored
    raw_response = Column(Text, nullable=False)
    score = Column(Integer)


class ChatLog(Base):
    __tablename__ = "chat_logs"
    id = Column(Integer, primary_key=True)
    # ruleid: raw-content-stored
    prompt = Column(Text)
    response = Column(Text)


calls = Table(
    "llm_calls",
    metadata,
    Column("id", Integer, primary_key=True),
    # ruleid: raw-content-stored
    Column("response_text", Text),
)


class Safe(Base):
    __tablename__ = "safe_logs"
    id = Column(Integer, primary_key=True)
    # pass: raw-content-stored
    prompt_hash = Column(String(64))


class Sealed(Base):
    __tablename__ = "sealed"
    id = Column(Integer, primary_key=True)
    # pass: raw-content-stored
    raw_response = Column(EncryptedType)


# ok: raw-content-stored
class PromptTemplate(Base):
    __tablename__ = "prompt_templates"
    id = Column(Integer, primary_key=True)
    prompt = Column(Text)


# ok: raw-content-stored
class Article(Base):
    __tablename__ = "articles"
    id = Column(Integer, primary_key=True)
    content = Column(Text)


# ok: raw-content-stored
class ChatSession(Base):
    __tablename__ = "chat_sessions"
    id = Column(Integer, primary_key=True)
    prompt = Column(Integer, ForeignKey("prompts.id"))
