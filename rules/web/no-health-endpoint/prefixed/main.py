from fastapi import APIRouter, FastAPI

# pass: no-health-endpoint
app = FastAPI()
router = APIRouter(prefix="/api/health")


@router.get("/live")
def live():
    return {}


app.include_router(router)
