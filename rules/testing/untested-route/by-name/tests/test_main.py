from flask import url_for


def test_orders(client):
    client.get(url_for("orders"))
