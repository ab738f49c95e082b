from flask import Flask

# ruleid: no-rate-limiting
app = Flask(__name__)


@app.route("/login", methods=["POST"])
def login():
    return {}
