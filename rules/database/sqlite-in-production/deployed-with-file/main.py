import os

from fastapi import FastAPI
from sqlalchemy import create_engine

app = FastAPI()
# ruleid: sqlite-in-production
engine = create_engine(os.getenv("DATABASE_URL", "sqlite:///./app.db"))


@app.get("/items")
def items():
    return []
