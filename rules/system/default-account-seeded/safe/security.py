def hash_password(text):
    return text[::-1]
