# ruleid: chain
x < y < z
# ruleid: call, chain
x < f(1) < z
# ok: call
# ruleid: chain
f(1) < y < z

# ok: entry
# ruleid: set
d = {**other, "a": 1}
# ruleid: entry
# ok: set
d = {"a": 1, "b": 2}
# ruleid: set
d = {*other, 1}

# ruleid: pair
d = {"k": 1}
# ruleid: pair
d = ("k", 1)

# ruleid: index
grid[1]
# ruleid: index, indexes
grid[1, 2]
# ruleid: index
grid[1:2, 3]
# ok: index
grid[1:2]


# ruleid: type
def takes(a: Dict[str, int]):
    pass


# ruleid: type
def takes_one(a: Dict[str]):
    pass


# ruleid: one-handler
try:
    pass
except OSError:
    pass

# ruleid: one-handler
try:
    pass
except (ValueError, OSError):
    pass

# ok: one-handler
try:
    pass
except OSError as error:
    pass


# ok: of-lambda
@register(lambda: 1)
def named():
    # ruleid: of-lambda
    return 1


# ruleid: of-lambda
one = lambda: 1

# ok: content-run
g("text")
