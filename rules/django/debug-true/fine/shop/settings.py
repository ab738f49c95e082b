import os

INSTALLED_APPS = ["django.contrib.admin"]
# ok: debug-true
DEBUG = os.environ.get("DEBUG") == "1"
