from fastapi import FastAPI
import sentry_sdk

sentry_sdk.init(dsn="")

# ruleid: no-distributed-tracing
app = FastAPI()


@app.get("/orders")
def orders():
    return []
