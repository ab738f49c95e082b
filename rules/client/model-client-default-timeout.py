import anthropic
import litellm
import ollama
from openai import AsyncOpenAI, OpenAI

# ruleid: model-client-default-timeout
local = ollama.AsyncClient(host="http://ollama:11434")

# pass: model-client-default-timeout
bounded = AsyncOpenAI(api_key="x", timeout=20.0, max_retries=2)


class Provider:
    def __init__(self, key, url):
        # ruleid: model-client-default-timeout
        self.client = OpenAI(api_key=key, base_url=url)

    def answer(self, text):
        return self.client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}], max_tokens=100)


class Claude:
    def __init__(self, options):
        # unknown: model-client-default-timeout
        self.client = anthropic.AsyncAnthropic(**options)


async def complete(messages, **options):
    # ruleid: model-client-default-timeout
    return await litellm.acompletion(model="m", messages=messages)
