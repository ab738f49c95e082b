import anthropic
from prometheus_client import Counter

COST = Counter("llm_cost_usd_total", "Cost")
client = anthropic.AsyncAnthropic()


async def ask(question):
    # pass: llm-usage-not-recorded
    answer = await client.messages.create(model="x", max_tokens=200, messages=[])
    COST.inc(price(answer))
    return answer
