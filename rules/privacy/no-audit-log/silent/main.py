from fastapi import FastAPI

# ruleid: no-audit-log
app = FastAPI()


@app.delete("/users/{user}")
def delete(user: int):
    return user
