import os

TOKEN = os.environ["API_TOKEN"]
STRIPE = os.environ["STRIPE_SECRET"]
