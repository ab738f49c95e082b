def plain():
    a = clean(fetch())
    # ruleid: exact-call
    sink(a)
    b: str = clean(fetch())
    # ruleid: exact-call
    sink(b)
    c, d = clean(fetch())
    # ruleid: exact-call
    sink(c)
    e = g = clean(fetch())
    # ruleid: exact-call
    sink(e)
    if h := clean(fetch()):
        # ruleid: exact-call
        sink(h)
    i = tool.clean(fetch())
    # ruleid: exact-call
    sink(i)


def apart(self):
    self.a = clean(fetch())
    # ok: exact-call
    sink(self.a)
    b["k"] = clean(fetch())
    # ok: exact-call
    sink(b["k"])
    c = clean(fetch()).strip()
    # ok: exact-call
    sink(c)
    d = clean(fetch()) or ""
    # ok: exact-call
    sink(d)
    with clean(fetch()) as e:
        # ok: exact-call
        sink(e)
    f, g = clean(fetch()), 1
    # ok: exact-call
    sink(f)
    # ok: exact-call
    sink(clean(fetch()))


def whole():
    # ruleid: exact-assignment
    a = tidy(sink(take()))
    # ok: exact-assignment
    sink(a)


def targets(o):
    a = load()
    # ruleid: cleaned-target
    sink(a)
    o.b = load()
    # ok: cleaned-target
    sink(o.b)
    c, d = load()
    # ok: cleaned-target
    sink(c)
    o.e: str = fetch()
    # ok: exact-call
    sink(o.e)


def handed_out():
    # ruleid: exact-call
    a = yield sink(fetch())
    # ruleid: yielded
    b = yield make()
    # ruleid: exact-call
    yield sink(fetch())
    # ok: exact-call
    sink(fetch())


def passed_on():
    # ruleid: exact-call
    yield from sink(fetch())


def given(water):
    # ruleid: exact-parameter
    drain(water)
    # ok: exact-parameter
    drain(1)
    # ruleid: source-target
    well = pour(1)
    try:
        call()
    except Error as error:
        # ruleid: exact-parameter
        raise Failure(drain(water)) from error
