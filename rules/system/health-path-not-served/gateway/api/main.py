from fastapi import APIRouter, FastAPI

app = FastAPI()
v1 = APIRouter(prefix="/v1")


@v1.get("/health")
def health():
    return {"status": "ok"}


@v1.get("/checks/{name}")
def check(name: str):
    return {"name": name}


app.include_router(v1, prefix="/api")
