# ruleid: low-test-depth
def test_nothing():
    assert True
