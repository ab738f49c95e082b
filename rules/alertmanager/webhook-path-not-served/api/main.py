from fastapi import FastAPI

app = FastAPI()


@app.post("/alerts")
def alerts(body: dict):
    return {}
