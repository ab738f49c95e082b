import os

limit = int(os.environ["INPUT_DEFAULT_MAX_CHARACTERS"])
