import os

# ruleid: allowed-hosts-wildcard
ALLOWED_HOSTS = ["*"]
# ruleid: allowed-hosts-wildcard
ALLOWED_HOSTS = os.getenv("ALLOWED_HOSTS", "*").split(",")
# ok: allowed-hosts-wildcard
ALLOWED_HOSTS = ["shop.example.com", ".example.org"]
# ok: allowed-hosts-wildcard
ALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")
# ok: allowed-hosts-wildcard
CORS_ALLOWED_HOSTS = ["*"]
