import jwt
from jose import jwt as jose_jwt


def claims(token, key):
    # ruleid: jwt-verification-disabled
    jwt.decode(token, options={"verify_signature": False})
    # ruleid: jwt-verification-disabled
    jwt.decode(token, key, algorithms=["HS256", "none"])
    # ruleid: jwt-verification-disabled
    jwt.decode(token, key, verify=False)
    options = {"verify_aud": False, "verify_signature": False}
    # ruleid: jwt-verification-disabled
    return jwt.decode(token, key, algorithms=["HS256"], options=options)


def algorithm_of_the_sender(token, key):
    header = jwt.get_unverified_header(token)
    # ruleid: jwt-verification-disabled
    return jwt.decode(token, key, algorithms=[header["alg"]])


def current_user(token):
    # ruleid: jwt-verification-disabled
    return jose_jwt.get_unverified_claims(token)["sub"]


def fixed(token, keys):
    # ok: jwt-verification-disabled
    header = jwt.get_unverified_header(token)
    # ok: jwt-verification-disabled
    return jwt.decode(token, keys[header["kid"]], algorithms=["RS256"], options={"verify_aud": False})


def by_issuer(token, issuers):
    # ok: jwt-verification-disabled
    unverified = jwt.decode(token, options={"verify_signature": False})
    key = issuers[unverified["iss"]]
    try:
        return jwt.decode(token, key, algorithms=["RS256"])
    except jwt.InvalidTokenError:
        return None
