from collections import defaultdict

from fastapi import Body, Depends


def collect(item, into=[]):
    # ruleid: mutable-default-or-late-binding
    into.append(item)
    return into


def count(words, table: dict = {}):
    for word in words:
        # ruleid: mutable-default-or-late-binding
        table[word] = table.get(word, 0) + 1
    return table


def handlers(names):
    made = []
    table = {}
    for name in names:
        # ruleid: mutable-default-or-late-binding
        made.append(lambda: print(name))
        # ruleid: mutable-default-or-late-binding
        table[name] = lambda value: value + name
        # ok: mutable-default-or-late-binding
        made.append(lambda name=name: print(name))
        # ok: mutable-default-or-late-binding
        made.append(sorted(names, key=lambda other: other.size + name.size))
    return made, table


def fixed(item, into=None, options={}, tags=(), body: list = Body([]), db=Depends(list)):
    into = into or []
    # ok: mutable-default-or-late-binding
    into.append(item)
    # ok: mutable-default-or-late-binding
    body.append(item)
    # ok: mutable-default-or-late-binding
    return {**options, "tags": tags}


def copied(item, into=[]):
    into = list(into)
    # ok: mutable-default-or-late-binding
    into.append(item)
    return into
