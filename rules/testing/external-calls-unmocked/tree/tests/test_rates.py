import requests


def test_rates():
    # ruleid: external-calls-unmocked
    answer = requests.get("https://api.exchangerate.host/latest", timeout=5)
    assert answer.status_code == 200


def test_own():
    assert requests.get("http://localhost:8000/health", timeout=5).ok
