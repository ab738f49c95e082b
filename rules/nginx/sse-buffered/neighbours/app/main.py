from fastapi import FastAPI
from fastapi.responses import StreamingResponse
app = FastAPI()
@app.get("/events")
def events():
    return StreamingResponse(iter(()), media_type="text/event-stream")
