from flask import Flask

# ruleid: no-authentication
app = Flask(__name__)


@app.route("/orders", methods=["POST"])
def orders():
    return {}
