from fastapi import FastAPI

# ok: no-audit-log
app = FastAPI()


@app.get("/weather")
def weather():
    return 1


@app.put("/user")
def change_own(name: str):
    return name
