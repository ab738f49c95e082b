from fastapi import APIRouter, FastAPI, Response
from prometheus_client import generate_latest

app = FastAPI()
router = APIRouter(prefix="/internal")


@router.get("/metrics")
def metrics():
    return Response(generate_latest())


app.include_router(router, prefix="/api")
