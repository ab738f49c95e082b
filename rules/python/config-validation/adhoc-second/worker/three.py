import os

V = os.getenv("C1"), os.getenv("C2")
