import os

from client import connect
from const import CONF_PASSWORD

# ruleid: hardcoded-credential
SECRET_KEY = "f3e9a7c41b0d48e2a6c55d90b7e1f824"
# ruleid: hardcoded-credential
db_password: str = "Gr4pe-lantern-62-moss"
OPTIONS = {
    "host": "db",
    # ruleid: hardcoded-credential
    "password": "hunter2hunter2",
}
# ruleid: hardcoded-credential
client = connect("db", api_key="sk-proj-9dKq2LmXw81")
# ruleid: hardcoded-credential
OPTIONS["client_secret"] = "aZ81kQ0p2Vx7Lm3N"


# ruleid: hardcoded-credential
def login(user, password="Winter2024"):
    # ruleid: hardcoded-credential
    if password == "m4sterkey99":
        return True
    return user


# ok: hardcoded-credential
API_KEY = os.environ["API_KEY"]
# ok: hardcoded-credential
SECRET = "change-me-in-2024"
# ok: hardcoded-credential
PASSWORD = "<your password 1>"
# ok: hardcoded-credential
API_TOKEN = ""
# ok: hardcoded-credential
CONF_API_KEY = "api_key_v2"
# ok: hardcoded-credential
NEXT_TOKEN = "next_token2"
# ok: hardcoded-credential
token_url = "https://login.example.org/oauth2/token"
# ok: hardcoded-credential
PASSWORD_FIELD = "Password1Field"
# ok: hardcoded-credential
LABELS = {"password": "Passwort eingeben (mindestens 8 Zeichen)"}
# ok: hardcoded-credential
auth_token = "${AUTH_TOKEN_2}"
# ok: hardcoded-credential
HEADERS = {"token": "x-auth-token2"}
# ok: hardcoded-credential
SCHEMA = {CONF_PASSWORD: "Password12345x"}
# ok: hardcoded-credential
secret = "oauth2.client.secret"
# ok: hardcoded-credential
password = "incorrect-password"
# ok: hardcoded-credential
reading = connect("inverter", api_key="bdc1DischargePower")
# ok: hardcoded-credential
DUMMY_SECRET = "FPPTH34D4E3MI2HG"
# ok: hardcoded-credential
DEFAULT_TOKEN = "00000000000000000000000000000001"
# ok: hardcoded-credential
body = {"password": "SecurePassword123!"}

# ok: hardcoded-credential
gitlab_token = "glpat-q8Zk1Lm9PwX3vB7nT2yR"

# ruleid: hardcoded-credential
api_key = "H2jk9uKnhRmL6WPwh89zBezWvr"
# ok: hardcoded-credential
secret_key = api_key


STORES = {
    # ruleid: hardcoded-credential
    "postgres_password": "shop123",
    # ok: hardcoded-credential
    "neo4j_password": "neo4j",
}


class Login(BaseModel):
    # ok: hardcoded-credential
    model_config = {"json_schema_extra": {"examples": [{"email": "a@acme.example", "password": "Secret123!"}]}}
    # ok: hardcoded-credential
    token: str = Field(..., examples=[{"token": "abcdef0123456789"}])


ROUTES = {
    # ok: hardcoded-credential
    "csrf_token": "/api/security/headers/csrf/token",
}
