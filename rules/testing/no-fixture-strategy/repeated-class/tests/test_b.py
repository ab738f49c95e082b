class TestB:
    # ruleid: no-fixture-strategy
    def test_1(self): assert 1
    def test_2(self): assert 1
    def test_3(self): assert 1
    def test_4(self): assert 1
    def test_5(self): assert 1
    def test_6(self): assert 1
    def test_7(self): assert 1
    def test_8(self): assert 1
    def test_9(self): assert 1
    def test_10(self): assert 1
