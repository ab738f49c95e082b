# ok: import-not-declared
from setuptools import setup

setup(name="words", py_modules=["words"])
