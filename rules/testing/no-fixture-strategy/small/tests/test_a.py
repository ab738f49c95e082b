# ok: no-fixture-strategy
def test_1(): assert 1
