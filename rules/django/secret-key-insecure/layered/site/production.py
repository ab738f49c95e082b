from .base import *

with open("/run/secrets/key") as file:
    # ok: secret-key-insecure
    SECRET_KEY = file.read()
