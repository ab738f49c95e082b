from fastapi import FastAPI

# ok: no-runbook
app = FastAPI()


@app.get("/a")
def a():
    return 1
