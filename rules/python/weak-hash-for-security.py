import hashlib
import hmac
from hashlib import md5


def issue(user, secret, body):
    # ruleid: weak-hash-for-security
    reset_token = hashlib.md5(f"{user.id}{user.email}".encode()).hexdigest()
    # ruleid: weak-hash-for-security
    digest = md5(user.api_key.encode()).hexdigest()
    # ruleid: weak-hash-for-security
    signature = hashlib.new("sha1", body).hexdigest()
    # ruleid: weak-hash-for-security
    return hmac.new(secret, body, hashlib.md5), reset_token, digest, signature


def fixed(content, tokens, path, secret, body):
    # ok: weak-hash-for-security
    etag = hashlib.md5(content).hexdigest()
    # ok: weak-hash-for-security
    cache_key = hashlib.sha1(path.encode()).hexdigest()
    # ok: weak-hash-for-security
    token_id = hashlib.md5(content, usedforsecurity=False).hexdigest()
    # ok: weak-hash-for-security
    prompt = hashlib.md5(" ".join(tokens).encode())
    # ok: weak-hash-for-security
    signature = hashlib.sha256(secret + body).hexdigest()
    # ok: weak-hash-for-security
    return hmac.new(secret, body, hashlib.sha256), etag, cache_key, token_id, prompt, signature


def embed_offline(words, dim):
    vector = [0.0] * dim
    for token in words:
        # ok: weak-hash-for-security
        vector[hashlib.md5(token.encode()).digest()[0] % dim] += 1.0
    return vector
