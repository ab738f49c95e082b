from fastapi import FastAPI

# ok: no-retry-policy
app = FastAPI()


@app.get("/a")
def a():
    return 1
