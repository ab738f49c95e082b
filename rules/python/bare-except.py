import logging

logger = logging.getLogger(__name__)


def save(order, store, rows):
    try:
        store.write(order)
    # ruleid: bare-except
    except:
        pass
    for row in rows:
        try:
            store.write(row)
        # ruleid: bare-except
        except:
            # Nothing to do.
            continue
    try:
        store.write(order)
    # ok: bare-except
    except:
        logger.exception("order not written")
        raise
    try:
        store.write(order)
    # ok: bare-except
    except KeyError:
        return None
    try:
        return store.read(order)
    # ruleid: bare-except
    except:
        return None
