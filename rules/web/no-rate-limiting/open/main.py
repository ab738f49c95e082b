from fastapi import FastAPI

# ruleid: no-rate-limiting
app = FastAPI()


@app.post("/login")
def login():
    return {}
