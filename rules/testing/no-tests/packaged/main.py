from fastapi import FastAPI

# unknown: no-tests
app = FastAPI()


@app.get("/a")
def a():
    return 1
