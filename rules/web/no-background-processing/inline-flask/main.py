import smtplib

from flask import Flask

# ruleid: no-background-processing
app = Flask(__name__)


@app.route("/mail", methods=["POST"])
def mail():
    server = smtplib.SMTP("mail")
    return server.noop()
