import os

import uvicorn
from fastapi import FastAPI

# pass: reload-or-debug-enabled
app = FastAPI(debug=os.getenv("DEBUG", "false") == "true")

if __name__ == "__main__":
    # ok: reload-or-debug-enabled
    uvicorn.run("other:app", reload=True)
