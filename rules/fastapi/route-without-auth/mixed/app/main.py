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
