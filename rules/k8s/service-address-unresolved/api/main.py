from fastapi import FastAPI

from settings import CHECK_URL, COMPLIANCE_URL

app = FastAPI()


@app.get("/check")
def check():
    return {"check": CHECK_URL, "compliance": COMPLIANCE_URL}
