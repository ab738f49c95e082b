import os

V = [os.getenv("B1"), os.getenv("B2"), os.getenv("B3"), os.getenv("B4")]
