from fastapi import FastAPI


# ruleid: no-metrics
app = FastAPI()


@app.get("/orders")
def orders():
    return []
