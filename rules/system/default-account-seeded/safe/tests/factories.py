from security import hash_password

# ok: default-account-seeded
USER = hash_password("changeme1")
