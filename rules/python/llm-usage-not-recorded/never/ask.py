import shutil

import anthropic
from openai import OpenAI

client = OpenAI()
claude = anthropic.Anthropic()


def ask(question):
    # ruleid: llm-usage-not-recorded
    answer = client.chat.completions.create(model="gpt-4o", max_tokens=200, messages=[{"role": "user", "content": question}])
    second = claude.messages.create(model="x", max_tokens=200, messages=[])
    return answer.choices[0].message.content, second


def free():
    return shutil.disk_usage("/").free
