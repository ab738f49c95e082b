import os

import uvicorn

if __name__ == "__main__":
    # unknown: single-worker
    uvicorn.run("main:app", workers=int(os.environ["WORKERS"]))
