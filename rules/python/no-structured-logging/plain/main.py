import logging

from fastapi import FastAPI

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
# ruleid: no-structured-logging
app = FastAPI()


@app.get("/")
def index():
    return {}
