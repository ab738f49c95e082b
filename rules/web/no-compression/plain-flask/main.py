from flask import Flask

# ruleid: no-compression
app = Flask(__name__)


@app.route("/orders")
def orders():
    return []
