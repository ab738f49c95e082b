import httpx
import redis
from qdrant_client import QdrantClient

# ruleid: hardcoded-endpoint-config
OLLAMA_URL = "http://192.168.50.135:11434"
qdrant = QdrantClient(host="localhost", port=6333)
cache = redis.Redis(host="redis", port=6379)


def embed(text):
    return httpx.post(f"{OLLAMA_URL}/api/embeddings", json={"prompt": text}, timeout=10).json()


def ask(text):
    return httpx.post("http://embeddings:8081/embed", json={"inputs": text}, timeout=10).json()
