# ruleid: pydantic-v1-validator
from pydantic import BaseModel, validator


class Order(BaseModel):
    price: int

    @validator("price")
    def positive(cls, value):
        return abs(value)
