from fastapi import FastAPI

# ruleid: no-rate-limiting
app = FastAPI()


@app.post("/orders")
def order():
    return {}
