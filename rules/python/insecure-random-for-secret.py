import random
import secrets
import string
from random import choices


def issue(user, mail):
    # ruleid: insecure-random-for-secret
    user.reset_token = "".join(random.choice(string.ascii_letters) for _ in range(32))
    # ruleid: insecure-random-for-secret
    otp = random.randint(100000, 999999)
    # ruleid: insecure-random-for-secret
    mail.send(code=otp, verification_code=random.randrange(10**6))
    # ruleid: insecure-random-for-secret
    return {"user": user.id, "api_key": "".join(choices(string.hexdigits, k=32))}


def generate_password(length):
    # ruleid: insecure-random-for-secret
    return "".join(random.sample(string.printable, length))


def fixed(items, model):
    # ok: insecure-random-for-secret
    token = secrets.token_urlsafe(32)
    # ok: insecure-random-for-secret
    pin_code = random.SystemRandom().randint(0, 9999)
    # ok: insecure-random-for-secret
    delay = random.uniform(0, 1)
    # ok: insecure-random-for-secret
    tokens = random.sample(items, 3)
    # ok: insecure-random-for-secret
    max_tokens = random.randint(1, 5)
    # ok: insecure-random-for-secret
    return model.retry(after=random.random()), token, pin_code, delay, tokens, max_tokens


def chosen(keys):
    # ok: insecure-random-for-secret
    api_key = random.choice(keys)
    return api_key
