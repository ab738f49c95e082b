import os

import uvicorn

if __name__ == "__main__":
    # pass: single-worker
    uvicorn.run("main:app", workers=4)
