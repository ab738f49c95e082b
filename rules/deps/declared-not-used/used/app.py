import sentry_sdk
from fastapi import FastAPI

app = FastAPI()
INSTALLED_APPS = ["corsheaders"]
