def test_item(client):
    client.get(f"/items/{1}")
