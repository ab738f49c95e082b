from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
# pass: static-assets-served-by-app
app.mount("/", StaticFiles(directory="dist"))


@app.middleware("http")
async def cache(request, call_next):
    response = await call_next(request)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
