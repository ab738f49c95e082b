# ruleid: tests-not-collected
def test_two():
    assert True
