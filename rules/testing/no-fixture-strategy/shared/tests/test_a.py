# pass: no-fixture-strategy
def test_1(user): assert user
def test_2(user): assert user
def test_3(user): assert user
def test_4(user): assert user
def test_5(user): assert user
def test_6(user): assert user
def test_7(user): assert user
def test_8(user): assert user
def test_9(user): assert user
def test_10(user): assert user
