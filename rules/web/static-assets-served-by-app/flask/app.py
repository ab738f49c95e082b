from flask import Flask, send_from_directory

app = Flask(__name__)


@app.route("/<path:name>")
def page(name):
    # ruleid: static-assets-served-by-app
    return send_from_directory("client/dist", name)
