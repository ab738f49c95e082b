import os

# pass: no-rotation-mechanism
SECRET_KEY = os.environ["SECRET_KEY"]
