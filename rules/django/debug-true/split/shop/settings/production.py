from .base import *
ALLOWED_HOSTS = ["shop.test"]
# ok: debug-true
DEBUG = False
