import os

# unknown: required-setting-not-provided
TABLE = os.environ["ORDERS_TABLE"]
