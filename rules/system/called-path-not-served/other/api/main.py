from fastapi import FastAPI

from admin import admin_app

app = FastAPI()
app.mount("/admin", admin_app)


@app.get("/api/v1/items")
def items():
    return []
