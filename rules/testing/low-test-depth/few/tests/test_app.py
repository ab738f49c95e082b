from app import a


# ruleid: low-test-depth
def test_a():
    assert a() == 1
