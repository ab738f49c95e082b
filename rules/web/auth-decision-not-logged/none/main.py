from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/orders")
# ok: auth-decision-not-logged
def orders():
    raise HTTPException(404)
