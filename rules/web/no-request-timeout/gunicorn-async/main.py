import psycopg2
from flask import Flask

# ruleid: no-request-timeout
app = Flask(__name__)


@app.route("/rows")
def rows():
    return psycopg2.connect("host=db")
