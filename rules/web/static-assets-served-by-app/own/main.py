from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
# ok: static-assets-served-by-app
app.mount("/media", StaticFiles(directory="uploads"))
