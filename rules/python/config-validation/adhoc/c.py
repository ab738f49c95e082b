import os

G = os.getenv("G")
H = os.environ["H"]
I = os.getenv("I")
