import os

# pass: config-validation
DEBUG = os.getenv("DEBUG")
