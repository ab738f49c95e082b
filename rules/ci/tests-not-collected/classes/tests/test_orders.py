import unittest


class TestTotals:
    # pass: tests-not-collected
    def test_sum(self):
        assert 1 + 1 == 2


# ruleid: tests-not-collected
class OrderTests:
    def test_place(self):
        assert True


# ruleid: tests-not-collected
class TestWithState:
    def __init__(self):
        self.orders = []

    def test_empty(self):
        assert not self.orders


# ok: tests-not-collected
class Refunds(unittest.TestCase):
    def test_refund(self):
        assert True


# ok: tests-not-collected
class SharedChecks:
    def test_shared(self):
        assert True


class TestShared(SharedChecks):
    pass
