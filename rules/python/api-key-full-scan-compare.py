import bcrypt
from passlib.context import CryptContext

from models import ApiKey

pwd_context = CryptContext(schemes=["bcrypt"])


def authenticate(session, raw):
    keys = session.query(ApiKey).filter(ApiKey.is_active).all()
    for key in keys:
        # ruleid: api-key-full-scan-compare
        if bcrypt.checkpw(raw.encode(), key.hashed.encode()):
            return key
    for row in session.query(ApiKey).all():
        # ruleid: api-key-full-scan-compare
        if pwd_context.verify(raw, row.key_hash):
            return row


def fixed(session, raw, attempts):
    keys = session.query(ApiKey).filter(ApiKey.prefix == raw[:8]).all()
    for key in keys:
        # ok: api-key-full-scan-compare
        if bcrypt.checkpw(raw.encode(), key.hashed.encode()):
            return key
    row = session.query(ApiKey).filter_by(key_id=raw[:8]).one()
    # ok: api-key-full-scan-compare
    if bcrypt.checkpw(raw.encode(), row.hashed):
        return row
    for attempt in attempts:
        # ok: api-key-full-scan-compare
        attempt.verify(raw, attempt.code)
