from fastapi import FastAPI

# pass: no-rate-limiting
app = FastAPI()


@app.post("/login")
def login():
    return {}
