from flask import Flask

# ruleid: no-structured-logging
app = Flask(__name__)


@app.route("/")
def index():
    return {}
