from setuptools import setup

setup(name="thing", install_requires=open("deps.txt").read().splitlines())
