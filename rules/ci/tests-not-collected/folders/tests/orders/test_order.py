# ruleid: tests-not-collected
def test_order():
    assert 1
