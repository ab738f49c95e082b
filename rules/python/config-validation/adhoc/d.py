import os

J = os.getenv("J")
K = os.getenv("K")
