from fastapi import Depends, FastAPI, Request
from sqlalchemy.orm import Session

app = FastAPI()


@app.post("/webhooks/stripe")
# ruleid: webhook-without-replay-protection
async def paid(request: Request, session: Session = Depends()):
    event = await request.json()
    session.execute("UPDATE orders SET paid = true WHERE id = :id", {"id": event["order"]})
    session.commit()


def credit(session: Session, amount):
    session.execute("UPDATE account SET credit = credit + :amount", {"amount": amount})


@app.post("/paypal/ipn")
# ruleid: webhook-without-replay-protection
async def received(request: Request, session: Session = Depends()):
    credit(session, (await request.json())["amount"])


@app.post("/webhooks/github")
# ok: webhook-without-replay-protection
async def pushed(request: Request):
    return await request.json()


@app.post("/webhooks/own")
# ok: webhook-without-replay-protection
async def own(request: Request, session: Session = Depends()):
    session.commit()
