from .agent import run

run()
