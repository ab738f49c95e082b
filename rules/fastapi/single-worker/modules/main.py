import os

import uvicorn

if __name__ == "__main__":
    # ruleid: single-worker
    uvicorn.run("main:app", host="0.0.0.0", workers=1)
