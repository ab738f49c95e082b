from fastapi import FastAPI
from openai import OpenAI

# ruleid: no-background-processing
app = FastAPI()
model = OpenAI()


@app.post("/summary")
def summary(text: str):
    return model.chat.completions.create(model="m", messages=[text])
