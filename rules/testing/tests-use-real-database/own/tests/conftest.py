from sqlalchemy import create_engine

from db import engine as real

engine = create_engine("sqlite://")


def test_rows():
    # pass: tests-use-real-database
    assert real.url != engine.url
