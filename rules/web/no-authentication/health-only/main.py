from fastapi import FastAPI

# ok: no-authentication
app = FastAPI()


@app.get("/health")
def health():
    return {}
