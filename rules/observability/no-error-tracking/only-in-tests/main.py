from fastapi import FastAPI


# ruleid: no-error-tracking
app = FastAPI()


@app.get("/orders")
def orders():
    return []
