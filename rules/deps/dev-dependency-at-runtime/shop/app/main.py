# pass: dev-dependency-at-runtime
import fastapi
# pass: dev-dependency-at-runtime
import starlette.requests
# ruleid: dev-dependency-at-runtime
import rich
# pass: dev-dependency-at-runtime
import boto3

try:
    # ok: dev-dependency-at-runtime
    import pytest
except ImportError:
    pytest = None


def seed():
    # ruleid: dev-dependency-at-runtime
    from faker import Faker

    return Faker()
