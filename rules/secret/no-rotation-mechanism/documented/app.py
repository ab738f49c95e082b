import os

# pass: no-rotation-mechanism
KEY = os.environ["SECRET_KEY"]
