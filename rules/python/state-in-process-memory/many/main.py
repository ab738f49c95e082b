from collections import defaultdict

from fastapi import FastAPI

app = FastAPI()
# ruleid: state-in-process-memory
sessions = {}
# ruleid: state-in-process-memory
job_status: dict[str, str] = defaultdict(str)
# ok: state-in-process-memory
handlers = {}
# ok: state-in-process-memory
results = {}


@app.post("/login")
def login(user: str):
    sessions[user] = {"user": user}
    job_status.setdefault(user, "new")
    handlers[user] = login
    return user


@app.get("/me")
def me(user: str):
    return sessions.get(user), job_status[user], handlers[user], results.get(user)


import redis

cache = redis.Redis()
# pass: state-in-process-memory
user_progress = {}


@app.post("/progress")
def set_progress(user: str, step: int):
    user_progress[user] = step
    cache.set(user, step)


@app.get("/progress")
def get_progress(user: str):
    return user_progress.get(user) or cache.get(user)
