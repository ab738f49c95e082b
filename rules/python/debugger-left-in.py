import pdb

import debugpy

from config import settings


def handle(order):
    # ruleid: debugger-left-in
    breakpoint()
    # ruleid: debugger-left-in
    pdb.set_trace()
    # ruleid: debugger-left-in
    import ipdb; ipdb.set_trace()
    return order


# ruleid: debugger-left-in
debugpy.listen(("0.0.0.0", 5678))

if settings.debug:
    # ok: debugger-left-in
    debugpy.listen(("127.0.0.1", 5678))


def fixed(session):
    # ok: debugger-left-in
    session.breakpoint()
    # ok: debugger-left-in
    session.set_trace()
