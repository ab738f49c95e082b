from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine

from config import settings

# ruleid: echo-enabled
first = create_engine(settings.url, echo=True)
# ruleid: echo-enabled
second = create_async_engine(settings.url, pool_size=5, echo=True)
# ok: echo-enabled
third = create_engine(settings.url, echo=settings.debug)
# ok: echo-enabled
fourth = create_engine(settings.url, echo=False)
# ok: echo-enabled
print("x", echo=True)
