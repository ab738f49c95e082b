from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

app = FastAPI()
# ruleid: trusted-host-wildcard
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])
# ruleid: trusted-host-wildcard
other = FastAPI(middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["acme.com", "*"])])
# ok: trusted-host-wildcard
app.add_middleware(TrustedHostMiddleware, allowed_hosts=["acme.com", "*.acme.com"])


class Service:
    def __init__(self):
        self.app = FastAPI()
        # ruleid: trusted-host-wildcard
        self.app.add_middleware(
            TrustedHostMiddleware,
            allowed_hosts=["*"],
        )
