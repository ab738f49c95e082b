from fastapi.testclient import TestClient

from app.main import app


def test_the_service_answers():
    assert TestClient(app).get("/health").json() == {"status": "ok"}
