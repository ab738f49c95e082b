from fastapi import FastAPI

# ok: no-api-versioning
app = FastAPI()


@app.get("/a")
def a():
    return 1
