from fastapi import FastAPI
from slowapi import Limiter

# pass: no-rate-limiting
app = FastAPI()
limiter = Limiter(key_func=str)


@app.post("/login")
def login():
    return {}
