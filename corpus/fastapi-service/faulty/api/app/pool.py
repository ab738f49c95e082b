"""A pool of connections that was to replace the engine's."""

from sqlalchemy.pool import QueuePool


class ConnectionPool:
    def __init__(self, connect):
        self.pool = QueuePool(connect, pool_size=20, max_overflow=30, pre_ping=True)

    def get(self):
        return self.pool.connect()
