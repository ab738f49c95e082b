import os

# ruleid: secret-key-insecure
SECRET_KEY = "django-insecure-8x#k2m)v0q7w^5t1z"
# ok: secret-key-insecure
SECRET_KEY_FALLBACKS = [os.environ["OLD_SECRET_KEY"]]

# ruleid: secret-key-insecure
SECRET_KEY = os.environ.get("SECRET_KEY") or "f82hq0n3v7x1c5m9b2k6"
# ok: secret-key-insecure
SECRET_KEY = os.environ["SECRET_KEY"]
# ok: secret-key-insecure
SECRET_KEY = ""
# ok: secret-key-insecure
API_SECRET_KEY = "not the key of Django"

INSTALLED_APPS = ["django.contrib.sessions"]
