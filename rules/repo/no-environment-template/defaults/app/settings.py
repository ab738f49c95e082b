import os

# ok: no-environment-template
DEBUG = os.getenv("DEBUG", "0")
