import os

from flask import Flask

app = Flask(__name__)
other = Flask("other")

# ruleid: debug-enabled
app.debug = True

if __name__ == "__main__":
    # ruleid: debug-enabled
    app.run(host="0.0.0.0", debug=True)
    # pass: debug-enabled
    other.run(debug=False)
    # unknown: debug-enabled
    other.run(debug=bool(os.environ.get("FLASK_DEBUG")))
    # ok: debug-enabled
    other.run()
