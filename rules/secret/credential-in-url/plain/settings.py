import os

# ruleid: credential-in-url
BROKER = "amqp://app:q8Zk1Lm9Pw@queue.internal:5672/"
# pass: credential-in-url
TEMPLATE = "postgresql://app:${PASSWORD}@db/app"
# pass: credential-in-url
COMMON = "postgresql://postgres:postgres@localhost/app"
# ok: credential-in-url
USER_ONLY = "ssh://git@host/repository"
# ok: credential-in-url
PLAIN = "https://host/path?mail=a@b"
# ok: credential-in-url
PROXY_FORMAT = "https://user:passw0rdX9@host:8080"
