import openai
from celery import Celery
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

app = FastAPI()
queue = Celery("shop")
client = openai.OpenAI()


@queue.task
def summarise(text):
    return ask(text)


def ask(text):
    return client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}])


@app.post("/summaries")
# ruleid: long-operation-in-request
def summary(text: str):
    return ask(text)


@app.post("/answers")
# ruleid: long-operation-in-request
def answer(text: str):
    return client.chat.completions.create(model="m", messages=[])


@app.post("/jobs")
# ok: long-operation-in-request
def job(text: str):
    return summarise.delay(text).id


@app.post("/streams")
# pass: long-operation-in-request
def stream(text: str):
    return StreamingResponse(client.chat.completions.create(model="m", messages=[], stream=True))
