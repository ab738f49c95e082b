import os

# ok: required-setting-not-provided
ONLY_HERE = os.environ["TEST_TOKEN"]
