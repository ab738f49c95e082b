import hmac

import stripe
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException

from app.auth import page, signed_in

app = FastAPI()
users = APIRouter(prefix="/users", dependencies=[Depends(signed_in)])
reports = APIRouter(prefix="/reports")


# pass: route-without-auth
@users.get("/")
def list_users():
    return []


# pass: route-without-auth
@reports.get("/mine")
def mine(user=Depends(signed_in)):
    return user


# ruleid: route-without-auth
@reports.delete("/{report}")
def delete(report: int):
    return report


# ruleid: route-without-auth
@reports.get("/all")
def everything(number=Depends(page)):
    return number


# pass: route-without-auth
@app.get("/keyed")
def keyed(x_api_key: str = Header()):
    if x_api_key != "k":
        raise HTTPException(403)
    return {}


# ok: route-without-auth
@app.get("/health")
def health():
    return {}


# ok: route-without-auth
@app.post("/login")
def login():
    return {}


# ok: route-without-auth
@app.post("/people")
def register_person():
    return {}


# ok: route-without-auth
@app.get("/scim/v2/ServiceProviderConfig")
def provider():
    return {}


# ruleid: route-without-auth
@app.get("/scim/v2/Users")
def scim_users():
    return []


# pass: route-without-auth
@app.post("/payments/events")
def paid(request, stripe_signature: str):
    return stripe.Webhook.construct_event(request.body, stripe_signature, SECRET)


# pass: route-without-auth
@app.post("/pushes")
def pushed(request):
    if not hmac.compare_digest(request.signature, digest(request.body)):
        return None
    return {}


# ok: route-without-auth
@app.get("/app/theme")
def theme():
    return {}


app.include_router(users)
app.include_router(reports)


# A view of several methods: its class, or a base, may depend on the user for all of them.
@controller(app)
class Invoices(SignedIn):
    # unknown: route-without-auth
    @app.get("/invoices")
    def all(self):
        return []

    # unknown: route-without-auth
    @app.delete("/invoices/{number}")
    def remove(self, number: int):
        return {}
