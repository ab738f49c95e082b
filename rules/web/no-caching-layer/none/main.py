from fastapi import FastAPI
from openai import OpenAI

# ruleid: no-caching-layer
app = FastAPI()
model = OpenAI()


@app.get("/ask")
def ask(q: str):
    return model.chat.completions.create(model="m", messages=[q])
