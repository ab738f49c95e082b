import os

from fastapi import FastAPI
from sqlalchemy import create_engine

app = FastAPI()
# ruleid: sqlite-in-production
engine = create_engine(os.getenv("DATABASE_URL", "sqlite:///./app.db"))
# ruleid: sqlite-in-production
events = create_engine("sqlite:////data/events.db")
# pass: sqlite-in-production
server = create_engine(os.getenv("SERVER_URL", "postgresql://db/app"))
# ok: sqlite-in-production
scratch = create_engine("sqlite:///:memory:")
# ok: sqlite-in-production
required = create_engine(os.environ["OTHER_URL"])


@app.get("/")
def index():
    return {}
