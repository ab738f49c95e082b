from fastapi import FastAPI


# pass: no-alerting
app = FastAPI()


@app.get("/orders")
def orders():
    return []
