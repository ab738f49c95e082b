from flask import Flask, render_template

# ok: no-api-versioning
app = Flask(__name__)


@app.route("/a")
def a():
    return render_template("a.html")


@app.route("/b")
def b():
    return render_template("b.html")


@app.route("/c")
def c():
    return render_template("c.html")
