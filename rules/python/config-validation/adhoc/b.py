import os

D = os.getenv("D")
E = os.environ.get("E")
F = os.getenv("F")
