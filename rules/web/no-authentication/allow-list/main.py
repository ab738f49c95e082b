from fastapi import FastAPI, HTTPException

# ruleid: no-authentication
app = FastAPI()
ALLOWED = {"uptime": ["uptime"]}


@app.post("/commands")
def run(command: str):
    if command not in ALLOWED:
        raise HTTPException(status_code=403, detail="not on the list")
    return ALLOWED[command]


@app.post("/login")
def login(name: str, password: str):
    raise HTTPException(status_code=401, detail="wrong password")
