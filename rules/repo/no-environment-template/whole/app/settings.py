import os

DATABASE_URL = os.environ["DATABASE_URL"]
OPTIONAL_KEY = os.environ["OPTIONAL_KEY"]
SEARCH_PATH = os.environ["PATH"]
