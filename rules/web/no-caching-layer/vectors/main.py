from flask import Flask
from qdrant_client import QdrantClient

# ruleid: no-caching-layer
app = Flask(__name__)
vectors = QdrantClient(url="http://qdrant:6333")


@app.route("/search")
def search():
    return vectors.search("docs", [1.0])
