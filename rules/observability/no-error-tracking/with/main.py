from fastapi import FastAPI
import sentry_sdk

sentry_sdk.init(dsn="")

# pass: no-error-tracking
app = FastAPI()


@app.get("/orders")
def orders():
    return []
