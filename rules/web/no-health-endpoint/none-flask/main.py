from flask import Flask

# ruleid: no-health-endpoint
app = Flask(__name__)


@app.route("/upload")
def upload():
    return {}
