from fastapi import FastAPI

# pass: no-infrastructure-as-code
app = FastAPI()


@app.get("/orders")
def orders():
    return []
