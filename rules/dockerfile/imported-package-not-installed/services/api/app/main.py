# pass: imported-package-not-installed
import jwt
# pass: imported-package-not-installed
import yaml
# pass: imported-package-not-installed
from fastapi import FastAPI

from app.stats import load

app = FastAPI()
