from security import hash_password


def main():
    # unknown: default-account-seeded
    return hash_password("changeme1")
