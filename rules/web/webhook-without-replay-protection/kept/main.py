from fastapi import Depends, FastAPI, Request
from sqlalchemy.orm import Session

app = FastAPI()


def is_already_processed(session: Session, event):
    return session.execute("SELECT 1 FROM event WHERE id = :id", {"id": event}).first()


@app.post("/webhooks/stripe")
# pass: webhook-without-replay-protection
async def paid(request: Request, session: Session = Depends()):
    event = await request.json()
    if is_already_processed(session, event["id"]):
        return
    session.execute("UPDATE orders SET paid = true WHERE id = :id", {"id": event["order"]})
    session.commit()
