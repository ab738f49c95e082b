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

# ok: name
for each in [1]:
    # ruleid: name
    use(each)
# ok: name
with take() as each:
    pass
# ok: name
for each, other in [1]:
    pass


class Methods:
    # ok: decorated
    # ruleid: static, static-alone
    @staticmethod
    def one():
        pass

    # ruleid: decorated
    # ok: static
    @classmethod
    def two(cls):
        pass


# ok: of-lambda
two = lambda: {a: b for a in c}
# ruleid: of-lambda
three = lambda: [a for a in c]

# ruleid: converted
# ok: unconverted
h(f"a {one!r} b")
# ruleid: unconverted
# ok: converted
h(f"a {one} b")

# ruleid: escaped
h("""a
b""")
# ruleid: escaped
h("a\nb")

# ruleid: dots-key
h({"b": 7})

# ok: tuple
for left, right in [1]:
    # ruleid: tuple
    use((left, right))


# ruleid: empty-class
class Empty(Base):
    pass
