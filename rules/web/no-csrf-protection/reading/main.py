from fastapi import FastAPI

# ok: no-csrf-protection
app = FastAPI()


@app.get("/a")
def a():
    return 1
