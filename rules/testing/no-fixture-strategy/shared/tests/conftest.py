import pytest


@pytest.fixture
def user():
    return 1
