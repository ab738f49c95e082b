# pass: tests-not-collected
def test_price():
    assert True
