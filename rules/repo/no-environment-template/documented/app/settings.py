import os

# ok: no-environment-template
DATABASE_URL = os.environ["DATABASE_URL"]
