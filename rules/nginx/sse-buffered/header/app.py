from fastapi import FastAPI
from starlette.responses import StreamingResponse
app = FastAPI()
HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
@app.get("/events")
async def events():
    return StreamingResponse(iter(()), media_type="text/event-stream", headers=HEADERS)
