from fastapi import FastAPI

# pass: load-or-chaos-tests-present
app = FastAPI()


@app.get("/orders")
def orders():
    return []
