from fastapi.testclient import TestClient

from app import app, ask, send_report

client = TestClient(app)


def test_report():
    assert send_report("ann") == "ann"


def test_sign_in():
    assert client.post("/auth/login?name=ann").status_code == 200


def test_answer(monkeypatch):
    monkeypatch.setattr("app.client", None)
    ask("x")


def test_paid_event():
    assert client.post("/webhooks/stripe", json={}).status_code == 200
