# ok: internal-import-missing
from hub.crm.models import Contact
