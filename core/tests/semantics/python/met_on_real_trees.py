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
    for cup in n:
        if cup:
            break
    else:
        lid = None
    # ok: same-on-both-sides
    if lid is None:
        rest()
    for cup in n:
        rest()
    else:
        tray = None
    # ruleid: same-on-both-sides
    if tray is None:
        rest()


# ruleid: given-back
warm = lambda cup: cup.warm
# ok: given-back
cold = lambda cup: cup if cup.cold else 0
# ok: given-back
first = lambda cups: cups[:1]
# ruleid: given-back
second = lambda cups: cups[1]


# ok: given-back
def pour(cup, by=lambda cup: cup.half):
    by(cup)
