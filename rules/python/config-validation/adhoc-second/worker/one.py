import os

V = [os.getenv("A1"), os.getenv("A2"), os.getenv("A3"), os.getenv("A4")]
