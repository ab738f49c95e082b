from openai import OpenAI

client = OpenAI(base_url="http://ollama:11434/v1", api_key="none")


def ask(question):
    # ok: llm-usage-not-recorded
    return client.chat.completions.create(model="llama3", messages=[{"role": "user", "content": question}])
