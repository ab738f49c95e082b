from fastapi import FastAPI

# pass: no-error-tracking
app = FastAPI()


@app.get("/orders")
def orders():
    return []
