import os
# pass: import-not-declared
import yaml
# ruleid: import-not-declared
import psutil
from typing import TYPE_CHECKING

# pass: import-not-declared
from fastapi import FastAPI
# pass: import-not-declared
from google.cloud import storage
# pass: import-not-declared
from jose import jwt
# ok: import-not-declared
from app.worker import run
# pass: import-not-declared
import pydantic
# pass: import-not-declared
from geolite2 import geolite2

try:
    # ok: import-not-declared
    import orjson
except ImportError:
    orjson = None

if TYPE_CHECKING:
    # ok: import-not-declared
    import pandas

app = FastAPI()
