import psycopg2
from flask import Flask

app = Flask(__name__)


@app.route("/healthz")
# ruleid: health-endpoint-shallow
def healthz():
    return "ok"
