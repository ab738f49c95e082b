from fastapi import FastAPI, Header, HTTPException

# pass: no-authentication
app = FastAPI()


@app.post("/commands")
def run(command: str, x_api_key: str = Header()):
    if x_api_key != "expected":
        raise HTTPException(status_code=403)
    return command
