from fastapi import FastAPI

app = FastAPI()


@app.get("/metrics")
def metrics():
    return ""


@app.get("/api/metrics")
def more():
    return ""
