import asyncpg


async def connect():
    # ruleid: hardcoded-endpoint-config
    return await asyncpg.create_pool("postgresql://app:x@10.0.4.7:5432/shop", min_size=1)
