from fastapi import FastAPI

# pass: no-body-size-limit
app = FastAPI()


@app.post("/orders")
def order(name: str):
    return name
