import os

# ok: no-rotation-mechanism
ROLE = os.environ["AWS_ROLE_ARN"]
# pass: no-rotation-mechanism
KEY = os.environ["JWT_SIGNING_KEY"]
# ok: no-rotation-mechanism
KID = os.environ["JWT_KEY_ID"]
