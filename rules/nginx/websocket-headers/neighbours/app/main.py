from fastapi import FastAPI, WebSocket
app = FastAPI()
@app.websocket("/ws")
async def chat(socket: WebSocket) -> None:
    await socket.accept()
