from openai import OpenAI

client = OpenAI()


def ask(question, log):
    # pass: llm-usage-not-recorded
    answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])
    log.info("tokens", extra={"tokens": answer.usage.total_tokens})
    return answer.choices[0].message.content
