from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
# ruleid: static-assets-served-by-app
app.mount("/", StaticFiles(directory="frontend/out", html=True))
# ok: static-assets-served-by-app
app.mount("/docs", StaticFiles(directory="docs/build"))
