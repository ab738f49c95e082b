import logging
import traceback

logger = logging.getLogger(__name__)


class Store:
    def save(self, order, store):
        try:
            store.write(order)
        except Exception as error:
            # ruleid: error-logged-without-traceback
            logger.error("not written: %s", error)
        try:
            store.write(order)
        except Exception:
            if order:
                # ruleid: error-logged-without-traceback
                self.logger.critical("not written")
            return None

    def fixed(self, order, store):
        try:
            store.write(order)
        except Exception as error:
            # ok: error-logged-without-traceback
            logger.exception("not written: %s", error)
        try:
            store.write(order)
        except Exception:
            # ok: error-logged-without-traceback
            logger.error("not written", exc_info=True)
        try:
            store.write(order)
        except KeyError:
            # ok: error-logged-without-traceback
            logger.error("no such order")
        try:
            store.write(order)
        except Exception:
            # ok: error-logged-without-traceback
            logger.error("not written")
            raise
        try:
            store.write(order)
        except Exception as error:
            # ok: error-logged-without-traceback
            logger.error("not written %s", traceback.format_exc())
            raise RuntimeError from error
        try:
            # ok: error-logged-without-traceback
            logger.error("odd")
        except Exception:
            # ok: error-logged-without-traceback
            logger.warning("odd")
