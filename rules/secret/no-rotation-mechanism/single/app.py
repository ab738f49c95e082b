import os

# ruleid: no-rotation-mechanism
SECRET_KEY = os.environ["SECRET_KEY"]
# ruleid: no-rotation-mechanism
TOKEN = os.getenv("JWT_SECRET")
# ok: no-rotation-mechanism
LEVEL = os.getenv("LOG_LEVEL")
# ok: no-rotation-mechanism
TRACES = os.getenv("LANGFUSE_SECRET_KEY")
