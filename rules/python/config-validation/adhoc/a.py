import os

# ruleid: config-validation
A = os.getenv("A")
B = os.getenv("B")
C = os.getenv("C")
