from fastapi import FastAPI

app = FastAPI()
# ruleid: control-commented-out
# app.add_middleware(SecurityHeadersMiddleware)
# ruleid: control-commented-out
# app.add_middleware(
#     AdvancedRateLimitMiddleware,
#     requests_per_minute=100,
# )
# ok: control-commented-out
# app.add_middleware(GZipMiddleware)
# ok: control-commented-out
app.add_middleware(RateLimitMiddleware)
