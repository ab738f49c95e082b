from fastapi import FastAPI


# ok: no-business-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    return []
