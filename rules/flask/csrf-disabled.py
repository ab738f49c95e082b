from flask import Flask
from flask_wtf import CSRFProtect

app = Flask(__name__)
csrf = CSRFProtect(app)
# ruleid: csrf-disabled
app.config["WTF_CSRF_ENABLED"] = False


# ruleid: csrf-disabled
@csrf.exempt
@app.route("/transfer", methods=["POST"])
def transfer():
    return ""


# ok: csrf-disabled
@csrf.exempt
@app.route("/stripe", methods=["POST"])
def stripe_webhook():
    return ""


class TestConfig:
    # ok: csrf-disabled
    WTF_CSRF_ENABLED = False


# ok: csrf-disabled
app.config["WTF_CSRF_TIME_LIMIT"] = None
