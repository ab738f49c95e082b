def get_password_hash(text):
    return text[::-1]
