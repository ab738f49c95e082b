from http import HTTPStatus


def test_a(client):
    # pass: no-security-tests
    assert client.get("/a").status_code == HTTPStatus.UNAUTHORIZED


def test_b(client):
    assert client.get("/a").status_code == 200


def test_c(client):
    assert True
