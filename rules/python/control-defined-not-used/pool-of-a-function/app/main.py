import psycopg2
from fastapi import FastAPI

from app import shared

app = FastAPI()


@app.get("/rows")
def rows():
    return shared.connection()
