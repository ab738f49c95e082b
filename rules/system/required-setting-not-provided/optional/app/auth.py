import os

ENABLED = os.environ.get("OAUTH_CLIENT") is not None
# unknown: required-setting-not-provided
CLIENT = os.environ["OAUTH_CLIENT"]
