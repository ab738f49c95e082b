from flask import Flask
from flask_login import LoginManager

# ruleid: no-csrf-protection
app = Flask(__name__)
login = LoginManager(app)


@app.route("/transfer", methods=["POST"])
def transfer():
    return ""
