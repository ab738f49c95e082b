import pickle
import subprocess
from functools import wraps

from flask import Blueprint, Flask, abort, request

app = Flask(__name__)
admin = Blueprint("admin", __name__)


def login_required(view):
    @wraps(view)
    def inner(*args, **kwargs):
        if "user" not in request.cookies:
            abort(401)
        return view(*args, **kwargs)

    return inner


@app.route("/tool/<name>")
@login_required
def tool(name):
    # pass: public-path-to-dangerous-sink
    return subprocess.check_output(f"tool {name}", shell=True)


@admin.route("/load", methods=["POST"])
def load():
    # pass: public-path-to-dangerous-sink
    return pickle.loads(request.data)
