# ruleid: no-fixture-strategy
def test_1(): assert 1
def test_2(): assert 1
def test_3(): assert 1
def test_4(): assert 1
def test_5(): assert 1
def test_6(): assert 1
def test_7(): assert 1
def test_8(): assert 1
def test_9(): assert 1
def test_10(): assert 1
