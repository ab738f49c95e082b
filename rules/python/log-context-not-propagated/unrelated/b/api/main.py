import logging

from fastapi import FastAPI

logger = logging.getLogger(__name__)
# ok: log-context-not-propagated
app = FastAPI()


@app.get("/")
def index():
    logger.info("asked")
    return {}
