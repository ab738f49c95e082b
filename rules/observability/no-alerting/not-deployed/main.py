from fastapi import FastAPI


# ok: no-alerting
app = FastAPI()


@app.get("/orders")
def orders():
    return []
