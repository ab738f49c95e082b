from flask import Flask

app = Flask(__name__)


@app.route("/signup", methods=["POST"])
# ruleid: no-consent-tracking
def signup():
    return {}
