import os

# pass: no-rotation-mechanism
SECRET_KEY = os.environ["SECRET_KEY"]
# ok: no-rotation-mechanism
SECRET_KEY_FALLBACKS = os.environ["SECRET_KEY_PREVIOUS"]
