# pass: imported-package-not-installed
import bcrypt
# ruleid: imported-package-not-installed
import psutil
# pass: imported-package-not-installed
from fastapi import FastAPI

app = FastAPI()
