import logging

from fastapi import FastAPI, HTTPException, status

app = FastAPI()
logger = logging.getLogger(__name__)


@app.get("/orders")
async def orders(store):
    try:
        return store.read()
    # ruleid: exception-detail-returned
    except Exception as error:
        raise HTTPException(status_code=500, detail=str(error))


@app.get("/items")
def items(store):
    try:
        return store.read()
    # ruleid: exception-detail-returned
    except Exception as e:
        logger.exception("no items")
        return {"ok": False, "error": str(e)}


@app.get("/fixed")
def fixed(store):
    try:
        return store.read()
    # ok: exception-detail-returned
    except ValueError as error:
        raise HTTPException(status_code=400, detail=str(error))
    # ok: exception-detail-returned
    except Exception as error:
        logger.exception("not read: %s", error)
        raise HTTPException(status.HTTP_500_INTERNAL_SERVER_ERROR, "something went wrong")


def helper(store):
    try:
        return store.read()
    # ok: exception-detail-returned
    except Exception as error:
        return {"error": str(error)}


@app.get("/progress/{job}")
async def progress(job: str):
    try:
        return await store.progress(job)
    # ruleid: exception-detail-returned
    except Exception as error:
        return JSONResponse(status_code=500, content={"error": "no progress", "job": job, "details": str(error)})


@app.get("/chart/{job}")
async def chart(job: str):
    try:
        return await store.chart(job)
    # ok: exception-detail-returned
    except Exception as error:
        logger.exception(error)
        return JSONResponse(status_code=500, content={"error": "no chart"})
