from flask import Flask

# ruleid: no-api-versioning
app = Flask(__name__)


@app.route("/a")
def a():
    return ""


@app.route("/b")
def b():
    return ""


@app.route("/vendor")
def vendor():
    return ""
