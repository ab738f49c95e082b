import contextlib
import logging
import os

logger = logging.getLogger(__name__)


def save(order, rows, store, connection):
    try:
        store.write(order)
    # ruleid: swallowed-exception
    except Exception:
        pass
    for row in rows:
        try:
            store.write(row)
        except KeyError:
            logger.warning("no such row")
        # ruleid: swallowed-exception
        except Exception as error:
            continue
    # ruleid: swallowed-exception
    with contextlib.suppress(Exception):
        store.write(rows)
    try:
        store.write(order)
    # ruleid: swallowed-exception
    except BaseException:
        pass
    finally:
        rows.clear()


def fixed(order, store, connection):
    try:
        store.write(order)
    # ok: swallowed-exception
    except Exception:
        logger.exception("order not written")
    try:
        os.remove("old")
    # ok: swallowed-exception
    except FileNotFoundError:
        pass
    # ok: swallowed-exception
    with contextlib.suppress(ProcessLookupError):
        store.stop()
    try:
        connection.close()
    # ok: swallowed-exception
    except Exception:
        pass
    try:
        store.write(order)
    # ok: swallowed-exception
    except Exception:
        raise
    detail = "failed"
    try:
        detail = order.json()["detail"]
    # ok: swallowed-exception
    except Exception:
        pass
    logger.error(detail)


class Handle:
    def __del__(self):
        try:
            self.handle.drop()
        # ok: swallowed-exception
        except Exception:
            pass
