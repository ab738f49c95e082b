import os

TOKEN = os.getenv("QUEUE_TOKEN")
