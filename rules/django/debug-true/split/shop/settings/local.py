from .base import *
INSTALLED_APPS = []
# ok: debug-true
DEBUG = True
