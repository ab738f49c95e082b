from fastapi import FastAPI

app = FastAPI()


@app.get("/health")
# ok: health-endpoint-shallow
def health():
    return {"status": "ok"}
