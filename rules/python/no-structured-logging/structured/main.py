import structlog
from fastapi import FastAPI

# pass: no-structured-logging
app = FastAPI()
log = structlog.get_logger()


@app.get("/")
def index():
    log.info("index")
    return {}
