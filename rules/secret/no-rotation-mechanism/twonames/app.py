import os

# ruleid: no-rotation-mechanism
JWT_SECRET_KEY = os.environ["JWT_SECRET_KEY"]
# ok: no-rotation-mechanism
JWT_SECRET = os.environ.get("JWT_SECRET", JWT_SECRET_KEY)
# ok: no-rotation-mechanism
JWT_SECRET_FILE = os.environ.get("JWT_SECRET_FILE")
