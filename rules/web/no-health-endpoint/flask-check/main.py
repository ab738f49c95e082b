from flask import Flask

# pass: no-health-endpoint
app = Flask(__name__)


@app.route("/healthcheck")
def healthcheck():
    return "OK"


@app.route("/")
def index():
    return ""
