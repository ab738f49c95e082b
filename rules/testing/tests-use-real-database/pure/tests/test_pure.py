# ok: tests-use-real-database
def test_add():
    assert 1 + 1 == 2
