import httpx
import sqlalchemy
from fastapi import FastAPI
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.trace import TracerProvider

# ruleid: tracing-incomplete
provider = TracerProvider()
app = FastAPI()
FastAPIInstrumentor.instrument_app(app)
