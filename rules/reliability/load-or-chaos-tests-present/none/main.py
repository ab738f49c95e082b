from fastapi import FastAPI

# ruleid: load-or-chaos-tests-present
app = FastAPI()


@app.get("/orders")
def orders():
    return []
