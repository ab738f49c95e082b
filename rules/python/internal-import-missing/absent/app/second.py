# The cause is told at the first place.
# ok: internal-import-missing
from app.services.registry import registry
