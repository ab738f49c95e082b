from fastapi import FastAPI
app = FastAPI()
@app.get("/websocket-docs")
def docs(): return {}
