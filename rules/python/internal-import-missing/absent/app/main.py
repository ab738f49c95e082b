from app.core.settings import DEBUG
# ruleid: internal-import-missing
from app.services.registry import registry
from app.services.registry import Registry

# A name of the package, perhaps.
from app.core import anything

# unknown: internal-import-missing
from app.core.schema_pb2 import Message


def shutdown():
    try:
        # ruleid: internal-import-missing
        from app.core.pool import pool

        pool.close()
    except Exception:
        pass


# ok: internal-import-missing
from app.core.plain.deep import x
