from flask import Flask

app = Flask(__name__)


# ok: no-consent-tracking
@app.route("/accounts/signup/csrf/", methods=["POST"])
def csrf():
    return ""


# ok: no-consent-tracking
@app.route("/challenge/deregister", methods=["POST"])
def deregister():
    return ""


# ok: no-consent-tracking
@app.route("/pools/register", methods=["POST"])
def pool():
    return ""
