from fastapi import FastAPI

# pass: no-runbook
app = FastAPI()


@app.get("/a")
def a():
    return 1
