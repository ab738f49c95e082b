from db import engine


def test_rows():
    # ruleid: tests-use-real-database
    with engine.connect() as connection:
        connection.execute("DELETE FROM users")
