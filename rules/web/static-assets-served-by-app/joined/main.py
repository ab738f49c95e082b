import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
FRONTEND = Path(__file__).parent.parent / "frontend" / "out"
# ruleid: static-assets-served-by-app
app.mount("/", StaticFiles(directory=str(FRONTEND), html=True))
# ruleid: static-assets-served-by-app
app.mount("/old", StaticFiles(directory=os.path.join(os.path.dirname(__file__), "..", "dist")))
# ok: static-assets-served-by-app
app.mount("/reports", StaticFiles(directory=FRONTEND.parent / "reports"))
