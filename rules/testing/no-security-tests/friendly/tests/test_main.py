# ruleid: no-security-tests
def test_a(client):
    assert client.get("/a").status_code == 200


def test_b(client):
    assert client.get("/b").status_code == 404


def test_c(client):
    assert True
