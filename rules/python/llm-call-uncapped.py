from openai import AsyncOpenAI, OpenAI

from settings import options

model = OpenAI()
fast = AsyncOpenAI()


def ask(text):
    # ruleid: llm-call-uncapped
    model.chat.completions.create(model="m", messages=[text])
    # pass: llm-call-uncapped
    model.chat.completions.create(model="m", messages=[text], max_tokens=500)
    # unknown: llm-call-uncapped
    model.chat.completions.create(**options)
    # ok: llm-call-uncapped
    model.embeddings.create(model="e", input=text)


async def ask_later(text):
    # ruleid: llm-call-uncapped
    await fast.chat.completions.create(model="m", messages=[text])
