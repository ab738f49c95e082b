from fastapi import FastAPI

# pass: no-audit-log
app = FastAPI()


def audit(actor, action):
    return actor, action


@app.delete("/users/{user}")
def delete(user: int):
    audit(user, "delete")
    return user
