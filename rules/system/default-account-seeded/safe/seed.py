import os
import secrets

from security import hash_password

# ok: default-account-seeded
ADMIN = hash_password(os.environ["ADMIN_PASSWORD"])
PASSWORD = secrets.token_urlsafe(16)
# ok: default-account-seeded
OTHER = hash_password(PASSWORD)
