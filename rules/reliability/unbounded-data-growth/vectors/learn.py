from qdrant_client import QdrantClient

client = QdrantClient("http://qdrant:6333")


def learn(point):
    # ruleid: unbounded-data-growth
    client.upsert("interaction-history", points=[point])


def index(document):
    # ok: unbounded-data-growth
    client.upsert(collection_name="documents", points=[document])
