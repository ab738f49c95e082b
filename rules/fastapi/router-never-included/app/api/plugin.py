from fastapi import APIRouter

plugin = APIRouter()


# unknown: router-never-included
@plugin.get("/plugin")
def read():
    return {}
