from flask import Flask

# ok: no-distributed-tracing
app = Flask(__name__)


@app.get("/")
def index():
    return "hello"
