from flask import Flask

# ruleid: no-runbook
app = Flask(__name__)


@app.route("/a")
def a():
    return ""
