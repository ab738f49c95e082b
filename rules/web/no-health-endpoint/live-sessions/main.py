from fastapi import FastAPI

# ruleid: no-health-endpoint
app = FastAPI()


@app.get("/live-sessions/{session}")
def live_session(session: str):
    return {}


@app.get("/delivery")
def delivery():
    return {}


@app.get("/budget/status")
def budget():
    return {}
