from fastapi import FastAPI
from pydantic import BaseModel, Field
from sqlalchemy import create_engine

app = FastAPI()


class Settings(BaseModel):
    pool_size: int = Field(default=3)
    max_overflow: int = 4


settings = Settings()
# ruleid: pool-too-small-for-concurrency
engine = create_engine("postgresql://db/x", pool_size=settings.pool_size, max_overflow=settings.max_overflow)


@app.get("/")
def index():
    with engine.connect() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()
