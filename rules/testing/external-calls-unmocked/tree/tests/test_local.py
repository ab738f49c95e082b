import httpx


def test_example():
    # ok: external-calls-unmocked
    httpx.Client().get("https://example.com/a")
    # ok: external-calls-unmocked
    httpx.get("http://testserver/a")
