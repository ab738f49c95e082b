from fastapi import FastAPI

# pass: no-metrics
app = FastAPI()
COUNTS = {"orders": 0}


@app.get("/metrics")
def metrics():
    return COUNTS
