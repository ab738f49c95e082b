from fastapi import FastAPI


def configure(app):
    from routes import router

    app.include_router(router, prefix="/api")


# pass: no-health-endpoint
app = FastAPI()
configure(app)
