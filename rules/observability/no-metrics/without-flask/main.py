from flask import Flask

# ruleid: no-metrics
app = Flask(__name__)


@app.route("/orders")
def orders():
    return "[]"
