from fastapi import FastAPI

# ruleid: no-tests
app = FastAPI()


@app.get("/a")
def a():
    return 1
