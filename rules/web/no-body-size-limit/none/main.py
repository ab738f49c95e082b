from fastapi import FastAPI

# ruleid: no-body-size-limit
app = FastAPI()


@app.post("/orders")
def order(name: str):
    return name
