import os

# unknown: required-setting-not-provided
KEY = os.environ["SERVICE_KEY"]
