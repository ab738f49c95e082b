import importlib

from fastapi import FastAPI

from app import a, b, c, d, e
from app.used import step_1

app = FastAPI()
loaded = importlib.import_module("app.dynamic")

PROCESSORS = [{"NAME": "page", "OPTIONS": {"use": ["app.page_context.add"]}}]
