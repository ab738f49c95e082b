import asyncio
import threading


class Breaker:
    def __init__(self):
        self._lock = threading.Lock()
        # ok: inconsistent-lock-protection
        self.failures = 0
        self.state = "closed"
        self.name = ""

    def fail(self):
        with self._lock:
            # ok: inconsistent-lock-protection
            self.failures += 1
            if self.failures > 5:
                self.state = "open"

    def succeed(self):
        # ruleid: inconsistent-lock-protection
        self.failures = 0
        # ruleid: inconsistent-lock-protection
        self.state = "closed"

    def _close(self):
        # ok: inconsistent-lock-protection
        self.state = "closed"

    def close_locked(self):
        # ok: inconsistent-lock-protection
        self.state = "closed"

    def rename(self, name):
        # ok: inconsistent-lock-protection
        self.name = name

    def force(self):
        self._lock.acquire()
        try:
            # ok: inconsistent-lock-protection
            self.state = "open"
        finally:
            self._lock.release()


class Pool:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.size = 0

    async def grow(self):
        async with self.lock:
            self.size += 1

    async def empty(self):
        # ok: inconsistent-lock-protection
        self.size = 0


class Breaker:
    def __init__(self):
        self._lock = threading.Lock()
        self._state = "CLOSED"
        self._failures = 0

    def fail(self):
        with self._lock:
            # ok: inconsistent-lock-protection
            self._failures += 1
            if self._failures > 5:
                # ok: inconsistent-lock-protection
                self._state = "OPEN"

    def trip(self):
        # ruleid: inconsistent-lock-protection
        self._state = "OPEN"
