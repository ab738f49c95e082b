from typing import Dict

from fastapi import WebSocket


# ruleid: connections-in-process-memory
class ConnectionManager:
    """Who listens."""

    def __init__(self):
        self.active: list[WebSocket] = []
        self.by_user = {}

    async def connect(self, websocket: WebSocket, user: str):
        await websocket.accept()
        self.by_user[user] = websocket

    async def broadcast(self, message):
        for websocket in self.by_user.values():
            await websocket.send_json(message)


# ruleid: connections-in-process-memory
class Typed:
    def __init__(self):
        self.active: Dict[str, WebSocket] = {}

    async def connect(self, websocket: WebSocket):
        await websocket.accept()
        self.active[id(websocket)] = websocket


# ok: connections-in-process-memory
class Shared:
    def __init__(self, redis):
        self.redis = redis
        self.active = {}

    async def connect(self, websocket: WebSocket):
        await websocket.accept()

    async def broadcast(self, message):
        await self.redis.publish("messages", message)


# ok: connections-in-process-memory
class Session:
    def __init__(self, websocket):
        self.history = []

    async def send(self, message):
        await self.websocket.send_text(message)
