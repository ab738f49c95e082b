import uvicorn
from fastapi import FastAPI

# ruleid: reload-or-debug-enabled
app = FastAPI(title="shop", debug=True)

if __name__ == "__main__":
    # ruleid: reload-or-debug-enabled
    uvicorn.run("main:app", host="0.0.0.0", port=8000, reload=True)
