from fastapi import FastAPI

from app.config import URL
from app.orders import list_orders

app = FastAPI()
