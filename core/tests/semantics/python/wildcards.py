from kit import *

# ruleid: brought
take(1)


def within(give):
    from inner import *
    # ok: brought-below
    # ruleid: brought
    take(1)
