from fastapi import FastAPI

# unknown: no-alerting
app = FastAPI()


@app.get("/orders")
def orders():
    return []
