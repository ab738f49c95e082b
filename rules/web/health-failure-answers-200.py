from fastapi import APIRouter, HTTPException, Response

router = APIRouter()


@router.get("/health/ready")
# ruleid: health-failure-answers-200
async def ready():
    ok = await check()
    return {"status": "ok" if ok else "degraded"}


# ok: health-failure-answers-200
@router.get("/health")
async def health(response: Response):
    ok = await check()
    response.status_code = 200 if ok else 503
    return {"status": "ok" if ok else "degraded"}


# ok: health-failure-answers-200
@router.get("/readyz")
def readyz():
    if not check():
        raise HTTPException(503, "unhealthy")
    return {"status": "ok"}


# ok: health-failure-answers-200
@router.get("/health/live")
async def live():
    return {"status": "ok"}


# ok: health-failure-answers-200
@router.get("/orders")
def orders():
    return {"status": "degraded"}
