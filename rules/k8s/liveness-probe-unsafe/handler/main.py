from fastapi import FastAPI
from sqlalchemy import create_engine, text

app = FastAPI()
engine = create_engine("postgresql://db/shop")


def database_answers():
    with engine.connect() as connection:
        return connection.execute(text("SELECT 1")).scalar() == 1


@app.get("/alive")
def alive():
    return {"ok": database_answers()}


@app.get("/ping")
def ping():
    return {"ok": True}
