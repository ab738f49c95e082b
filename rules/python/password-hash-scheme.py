import base64
import hashlib

import bcrypt
from passlib.context import CryptContext


def register(user, password, salt):
    # ruleid: password-hash-scheme
    user.password_hash = hashlib.sha256((password + salt).encode()).hexdigest()
    # ruleid: password-hash-scheme
    user.password = base64.b64encode(password.encode())
    # ruleid: password-hash-scheme
    hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100000)
    return user


def strengthen(password):
    # ruleid: password-hash-scheme
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=4))


def login(user, password):
    # ruleid: password-hash-scheme
    return user.password == password


context = CryptContext(schemes=["bcrypt"], bcrypt__rounds=12)


def fixed(user, password, content, pepper):
    # ok: password-hash-scheme
    hashlib.pbkdf2_hmac("sha256", password.encode(), pepper, 600000)
    # ok: password-hash-scheme
    hashlib.sha256(content).hexdigest()
    # ok: password-hash-scheme
    bcrypt.hashpw(hashlib.sha256(password.encode()).digest(), bcrypt.gensalt())
    # ok: password-hash-scheme
    return base64.b64encode(f"{user.name}:{password}".encode())


def verify(user, password):
    # ok: password-hash-scheme
    return context.verify(password, user.password_hash)


def is_pwned(password, known):
    # ok: password-hash-scheme
    return hashlib.sha1(password.encode()).hexdigest()[:5] in known


def repeated(form):
    # ok: password-hash-scheme
    return form.password == form.repeated_password


def link(password_reset_token):
    # ok: password-hash-scheme
    return hashlib.sha256(password_reset_token.encode()).hexdigest()
