import os
import secrets

from flask import Flask

app = Flask(__name__)
# ruleid: secret-key-hardcoded
app.secret_key = "f3e9a7c41b0d48e2a6c5"
# ruleid: secret-key-hardcoded
app.config["SECRET_KEY"] = "dev"
# ruleid: secret-key-hardcoded
app.config.update(SECRET_KEY="dev", TESTING=False)
# ruleid: secret-key-hardcoded
app.secret_key = secrets.token_hex(16)
# pass: secret-key-hardcoded
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
# ok: secret-key-hardcoded
app.config["SECRET_KEY_NAME"] = "name"
