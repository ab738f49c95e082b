from flask import Flask

# ruleid: no-audit-log
app = Flask(__name__)


@app.route("/admin/settings")
def settings():
    return ""
