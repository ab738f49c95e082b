import requests
from flask import Flask

app = Flask(__name__)


@app.route("/a")
def a():
    # ruleid: no-retry-policy
    return requests.get("https://api.example.com", timeout=5).text
