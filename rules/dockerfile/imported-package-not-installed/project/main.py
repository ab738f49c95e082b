# pass: imported-package-not-installed
from fastapi import FastAPI
# pass: imported-package-not-installed
from psycopg_pool import AsyncConnectionPool
# ruleid: imported-package-not-installed
import psutil

app = FastAPI()
