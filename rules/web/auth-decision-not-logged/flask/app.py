from flask import Flask, abort

app = Flask(__name__)


@app.route("/login", methods=["POST"])
# ruleid: auth-decision-not-logged
def login():
    abort(401)
