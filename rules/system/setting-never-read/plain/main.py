import os

DATABASE = os.environ["DATABASE_URL"]
CACHE = os.getenv("CACHE_URL")
NAMES = ["FEATURE_FLAGS", "MAIL"]
