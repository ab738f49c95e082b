import sys

from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    # ruleid: print-for-logging
    print("listing orders")
    # ok: print-for-logging
    print("a second one counts in the first")
    # ok: print-for-logging
    print("to another stream", file=sys.stderr)
    return []
