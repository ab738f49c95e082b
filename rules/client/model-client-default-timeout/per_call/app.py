import anthropic


class Claude:
    def __init__(self, key):
        # pass: model-client-default-timeout
        self.client = anthropic.Anthropic(api_key=key)

    def answer(self, text):
        return self.client.messages.create(model="m", max_tokens=100, messages=[{"role": "user", "content": text}], timeout=30)
