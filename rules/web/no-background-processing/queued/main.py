from celery import shared_task
from fastapi import FastAPI
from openai import OpenAI

# pass: no-background-processing
app = FastAPI()
model = OpenAI()


@shared_task
def summarize(text):
    return model.chat.completions.create(model="m", messages=[text])


@app.post("/summary")
def summary(text: str):
    summarize(text)
    return summarize.delay(text).id
