from app.security import get_password_hash

# unknown: default-account-seeded
HASH = get_password_hash("changeme1")
