import httpx
from fastapi import FastAPI
from opentelemetry import propagate
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.trace import TracerProvider

# pass: tracing-incomplete
provider = TracerProvider()
app = FastAPI()
FastAPIInstrumentor.instrument_app(app)


def call():
    headers = {}
    propagate.inject(headers)
    return httpx.get("http://other", headers=headers)
