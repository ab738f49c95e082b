# pass: tests-not-collected
def test_checkout():
    assert True
