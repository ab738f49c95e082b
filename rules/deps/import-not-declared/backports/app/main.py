from __future__ import annotations

import sys
from typing import TYPE_CHECKING

# pass: import-not-declared
import attr
# pass: import-not-declared
import yaml
# pass: import-not-declared
from fastapi import FastAPI
# pass: import-not-declared
from jose import jwt
# pass: import-not-declared
from starlette.requests import Request

if sys.version_info >= (3, 11):
    # ok: import-not-declared
    import tomllib
else:
    # ok: import-not-declared
    import tomli as tomllib

if TYPE_CHECKING:
    # ok: import-not-declared
    from mypy_boto3_s3 import S3Client

try:
    # ok: import-not-declared
    import ujson as json
except ImportError:
    import json
