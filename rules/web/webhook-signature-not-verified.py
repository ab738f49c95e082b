import hmac

import stripe
from fastapi import Depends, FastAPI, Request

from app.signatures import verified_slack_request

app = FastAPI()
SECRET = b""


@app.post("/webhooks/stripe")
# ruleid: webhook-signature-not-verified
async def paid(request: Request):
    event = await request.json()
    return {"paid": event["id"]}


@app.post("/hooks/twilio/events")
# ruleid: webhook-signature-not-verified
async def message(body: dict):
    return body["Body"]


@app.post("/webhooks/stripe/v2")
# pass: webhook-signature-not-verified
async def paid_verified(request: Request):
    stripe.Webhook.construct_event(await request.body(), request.headers["stripe-signature"], SECRET)


def check(body, signature):
    return hmac.compare_digest(hmac.new(SECRET, body, "sha256").hexdigest(), signature)


@app.post("/github/webhook")
# pass: webhook-signature-not-verified
async def pushed(request: Request):
    check(await request.body(), request.headers["x-hub-signature-256"])


@app.post("/slack/events", dependencies=[Depends(verified_slack_request)])
# pass: webhook-signature-not-verified
async def slack(body: dict):
    return body


@app.post("/events")
# ok: webhook-signature-not-verified
async def own_event(body: dict):
    return body


@app.get("/github/callback")
# ok: webhook-signature-not-verified
async def oauth(code: str):
    return code
