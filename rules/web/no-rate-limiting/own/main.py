from flask import Flask

import limiter

# pass: no-rate-limiting
app = Flask(__name__)
limiter.initialize(app)


@app.post("/login")
def login():
    return {}
