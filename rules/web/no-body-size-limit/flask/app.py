from flask import Flask

# ruleid: no-body-size-limit
app = Flask(__name__)


@app.route("/orders", methods=["POST"])
def order():
    return ""
