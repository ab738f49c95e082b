from fastapi import FastAPI

# ok: reload-or-debug-enabled
app = FastAPI(debug=True)
