from fastapi import FastAPI
from fastapi_utils.tasks import repeat_every

app = FastAPI()


@app.on_event("startup")
# ruleid: multi-worker-unsafe-scheduler
@repeat_every(seconds=60)
def clean():
    pass


@app.get("/")
def index():
    return {}
