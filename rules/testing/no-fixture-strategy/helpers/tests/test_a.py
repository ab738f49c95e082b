# ok: no-fixture-strategy
from tests.helpers import create_app


def test_0():
    assert create_app()


def test_1():
    assert create_app()


def test_2():
    assert create_app()


def test_3():
    assert create_app()


def test_4():
    assert create_app()


def test_5():
    assert create_app()


def test_6():
    assert create_app()


def test_7():
    assert create_app()


def test_8():
    assert create_app()


def test_9():
    assert create_app()
