import os

# ruleid: config-validation
V = os.getenv("D1")
