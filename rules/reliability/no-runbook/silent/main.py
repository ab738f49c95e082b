from fastapi import FastAPI

# ruleid: no-runbook
app = FastAPI()


@app.get("/a")
def a():
    return 1
