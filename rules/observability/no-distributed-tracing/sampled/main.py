from fastapi import FastAPI
import sentry_sdk

sentry_sdk.init(dsn="", traces_sample_rate=0.1)

# pass: no-distributed-tracing
app = FastAPI()


@app.get("/orders")
def orders():
    return []
