import asyncio
import threading

guard = threading.Lock()


async def refresh(client):
    with guard:
        # ruleid: lock-held-across-await
        return await client.get("/rates")


class Cache:
    def __init__(self):
        self.lock = threading.RLock()
        self.loop_lock = asyncio.Lock()
        self.rows = {}

    async def read(self, key, client):
        with self.lock:
            # ruleid: lock-held-across-await
            self.rows[key] = await client.get(key)
        with self.lock:
            rows = dict(self.rows)
        # ok: lock-held-across-await
        await client.put(rows)
        async with self.loop_lock:
            # ok: lock-held-across-await
            await client.get(key)
