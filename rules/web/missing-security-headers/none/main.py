from fastapi import FastAPI

# ruleid: missing-security-headers
app = FastAPI()


@app.post("/orders")
def order(name: str):
    return name
