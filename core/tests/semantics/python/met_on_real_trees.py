try:
    import kettle
except ImportError:
    kettle = None

try:
    from shop import jug
except ImportError:
    jug = None


class Pot:
    pass


Pot = None


def brew(read, hot, n: int):
    # ruleid: same-on-both-sides
    if kettle is None:
        return
    # ruleid: same-on-both-sides
    if Pot is None:
        return
    # ok: same-on-both-sides
    if jug is None:
        return
    cup = None
    # ok: same-on-both-sides
    while cup is None:
        cup = read()
    minutes = 0
    # ruleid: whole-number
    rest(2 ** minutes)
    # ruleid: whole-number
    rest(7 % 3)
    # ruleid: whole-number
    rest(1 if hot else 2)
    # ok: whole-number
    rest(1 if hot else n)
    # ok: whole-number
    rest(n ** 2)
    # ok: whole-number
    rest(minutes / 2)
