from fastapi import FastAPI

# ok: no-audit-log
app = FastAPI()


@app.get("/weather")
def weather():
    return 1
