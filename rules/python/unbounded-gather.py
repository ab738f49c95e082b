import asyncio

import httpx


async def pages(client, urls):
    # ruleid: unbounded-gather
    return await asyncio.gather(*[client.get(url) for url in urls])


async def documents(texts):
    tasks = [embed(text) for text in texts]
    # ruleid: unbounded-gather
    return await asyncio.gather(*tasks)


async def few(client):
    # pass: unbounded-gather
    return await asyncio.gather(*[client.get(url) for url in ("a", "b")])


async def two(client):
    # pass: unbounded-gather
    return await asyncio.gather(client.get("a"), client.get("b"))


async def bounded(client, urls):
    limit = asyncio.Semaphore(10)

    async def get(url):
        async with limit:
            return await client.get(url)

    # pass: unbounded-gather
    return await asyncio.gather(*[get(url) for url in urls])


async def in_parts(client, urls):
    for part in parts(urls, 20):
        # pass: unbounded-gather
        await asyncio.gather(*[client.get(url) for url in part])


async def providers_of(providers):
    # pass: unbounded-gather
    return await asyncio.gather(*[check(provider) for provider in providers])
