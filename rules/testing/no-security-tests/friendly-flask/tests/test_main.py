# ruleid: no-security-tests
def test_a(client):
    assert client.get("/a").status_code == 200


def test_b():
    assert 1


def test_c():
    assert 401
