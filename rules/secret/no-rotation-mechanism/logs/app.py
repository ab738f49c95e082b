import os

# ruleid: no-rotation-mechanism
JWT_SECRET = os.environ["JWT_SECRET"]
