import os

# ok: no-environment-template
KEY = os.environ["SHOP_KEY"]
URL = os.environ["SHOP_URL"]
