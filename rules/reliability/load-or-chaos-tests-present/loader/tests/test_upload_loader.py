def test_loads():
    pass
