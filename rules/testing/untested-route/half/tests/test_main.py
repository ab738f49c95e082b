from fastapi.testclient import TestClient

from main import app

client = TestClient(app)


def test_item():
    assert client.get("/items/3").status_code == 200
