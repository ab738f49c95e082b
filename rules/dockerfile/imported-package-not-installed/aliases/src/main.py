from __future__ import annotations

from typing import TYPE_CHECKING

# pass: imported-package-not-installed
import bs4
# pass: imported-package-not-installed
import cv2
# pass: imported-package-not-installed
import psycopg2
# pass: imported-package-not-installed
import sklearn
# pass: imported-package-not-installed
import yaml
# pass: imported-package-not-installed
from dotenv import load_dotenv
# pass: imported-package-not-installed
from google.cloud import storage
# pass: imported-package-not-installed
from PIL import Image

if TYPE_CHECKING:
    # ok: imported-package-not-installed
    import pandas as pd

try:
    # ok: imported-package-not-installed
    import uvloop
except ModuleNotFoundError:
    uvloop = None
