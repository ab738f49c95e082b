# ruleid: assigned
TEXT = "text"
# ruleid: index
box[TEXT] = 1


def no_call():
    x = 0
    try:
        pass
    except E:
        x = 1
    # ruleid: same
    x == 0


def raised():
    x = 0
    try:
        raise E()
    except E:
        x = 0
    else:
        x = 1
    # ruleid: same
    x == 0


def may_raise():
    x = 0
    try:
        call()
    except E:
        x = 0
    else:
        x = 1
    # ok: same
    x == 0


def raised_further():
    x = 0
    try:
        try:
            call()
        finally:
            pass
    except E:
        x = 1
    # ok: same
    x == 0


def of_module():
    # ruleid: known
    use(TEXT)
    # ok: index
    use(box[TEXT])
    # ok: assigned
    other = TEXT
    # ruleid: index
    use(box[TEXT + ""])
    # ok: assigned
    return other
