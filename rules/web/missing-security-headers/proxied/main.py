from fastapi import FastAPI

# ok: missing-security-headers
app = FastAPI()


@app.post("/orders")
def order(name: str):
    return name
