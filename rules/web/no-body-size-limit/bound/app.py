from flask import Flask

# pass: no-body-size-limit
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024


@app.route("/orders", methods=["POST"])
def order():
    return ""
