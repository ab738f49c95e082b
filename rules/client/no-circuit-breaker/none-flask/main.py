import requests
from flask import Flask
from qdrant_client import QdrantClient

# ruleid: no-circuit-breaker
app = Flask(__name__)
vectors = QdrantClient(url="http://qdrant:6333")


@app.route("/a")
def a():
    requests.get("https://api.example.com", timeout=5)
    return vectors.search("x", [1.0])
