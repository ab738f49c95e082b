import functools
from collections import defaultdict

from cachetools import TTLCache

profile_cache = {}
attempts: dict[str, list] = defaultdict(list)
bounded_cache = TTLCache(maxsize=1024, ttl=300)
sessions = {}
REGISTRY = {}
label_cache = {}


def profile(user_id, store):
    if user_id not in profile_cache:
        # ruleid: unbounded-in-memory-cache
        profile_cache[user_id] = store.read(user_id)
    # ok: unbounded-in-memory-cache
    bounded_cache[user_id] = profile_cache[user_id]
    return profile_cache[user_id]


def failed(address, when):
    # ruleid: unbounded-in-memory-cache
    attempts[address].append(when)


def login(token, user):
    # ok: unbounded-in-memory-cache
    sessions[token] = user


def logout(token):
    sessions.pop(token, None)


def register(name):
    # ok: unbounded-in-memory-cache
    REGISTRY[name] = name.upper()
    # ok: unbounded-in-memory-cache
    label_cache["fixed"] = name


def local(items):
    seen = {}
    for item in items:
        # ok: unbounded-in-memory-cache
        seen[item] = True
    return seen


def nested(items):
    results = {}

    def add(item):
        # ok: unbounded-in-memory-cache
        results[item] = True

    for item in items:
        add(item)
    return results


def translated(language):
    # ok: unbounded-in-memory-cache
    label_cache[language] = language.title()


class Catalogue:
    @functools.cache
    # ruleid: unbounded-in-memory-cache
    def article(self, number):
        return number

    @functools.lru_cache(maxsize=128)
    # ok: unbounded-in-memory-cache
    def section(self, number):
        return number
