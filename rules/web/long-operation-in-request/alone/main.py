import openai
from fastapi import FastAPI

app = FastAPI()
client = openai.OpenAI()


@app.post("/answers")
# ok: long-operation-in-request
def answer(text: str):
    return client.chat.completions.create(model="m", messages=[])
