# ruleid: one, text
match v:
    # ok: called
    case 1 if f(1):
        # ruleid: called
        f(2)
    # ok: attribute
    case a.b:
        # ruleid: attribute
        a.b
    case 't':
        pass
