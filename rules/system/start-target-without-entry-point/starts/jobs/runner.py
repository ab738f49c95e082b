"""Starts on import."""
from jobs.loop import start

WORKER = start()
