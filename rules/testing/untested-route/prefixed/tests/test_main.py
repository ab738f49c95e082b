def test_other(client):
    client.get("/users")
