import contextlib
import json
from concurrent.futures import ThreadPoolExecutor

import aiohttp


def read(path, items):
    # ruleid: resource-not-closed
    text = open(path).read()
    # ruleid: resource-not-closed
    settings = json.load(open(path))
    # ruleid: resource-not-closed
    pool = ThreadPoolExecutor(4)
    pool.submit(print, text)
    return settings


async def fetch(url):
    # ruleid: resource-not-closed
    session = aiohttp.ClientSession()
    answer = await session.get(url)
    return await answer.json()


class Store:
    def fixed(self, path, stack):
        # ok: resource-not-closed
        with open(path) as handle:
            text = handle.read()
        # ok: resource-not-closed
        self.handle = open(path)
        # ok: resource-not-closed
        log = open(path)
        try:
            log.readline()
        finally:
            log.close()
        # ok: resource-not-closed
        kept = open(path)
        stack.enter_context(kept)
        # ok: resource-not-closed
        session = aiohttp.ClientSession()
        self.session = session
        # ok: resource-not-closed
        later = open(path)
        with contextlib.closing(later):
            text += later.read()
        pool = None
        if not pool:
            # ok: resource-not-closed
            pool = ThreadPoolExecutor(2)
        try:
            pool.submit(print)
        finally:
            pool.shutdown()
        # ok: resource-not-closed
        given = open(path)
        return given
