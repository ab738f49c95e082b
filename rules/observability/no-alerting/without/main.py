from fastapi import FastAPI


# ruleid: no-alerting
app = FastAPI()


@app.get("/orders")
def orders():
    return []
