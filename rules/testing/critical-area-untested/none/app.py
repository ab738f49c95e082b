from celery import shared_task
from fastapi import FastAPI
from openai import OpenAI

app = FastAPI()
client = OpenAI()


# ok: critical-area-untested
@shared_task
def send_report(user):
    return user


@app.post("/auth/login")
# ok: critical-area-untested
def sign_in(name: str):
    return name


@app.post("/webhooks/stripe")
# ok: critical-area-untested
def paid(event: dict):
    return event


def ask(text):
    # ok: critical-area-untested
    return client.chat.completions.create(model="x", max_tokens=5, messages=[text])
