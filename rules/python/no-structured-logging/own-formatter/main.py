import json
import logging

from flask import Flask


class JsonFormatter(logging.Formatter):
    def format(self, record):
        return json.dumps({"message": record.getMessage()})


# pass: no-structured-logging
app = Flask(__name__)


@app.route("/")
def index():
    return {}
