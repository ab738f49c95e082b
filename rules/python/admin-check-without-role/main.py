from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBearer

app = FastAPI()


def get_current_user(token=Depends(HTTPBearer())):
    if not token:
        raise HTTPException(401)
    return {"name": "a", "role": "user"}


# ruleid: admin-check-without-role
async def require_admin(user=Depends(get_current_user)):
    """All users, for now."""
    return user


# pass: admin-check-without-role
async def require_superuser(user=Depends(get_current_user)):
    if user["role"] != "admin":
        raise HTTPException(403)
    return user


@app.post("/backend/switch")
async def switch(user=Depends(require_admin)):
    return {}


@app.post("/users/purge")
async def purge(user=Depends(require_superuser)):
    return {}
