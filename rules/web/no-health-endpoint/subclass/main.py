from flask import Blueprint, Flask

views = Blueprint("views", __name__)


class Shop(Flask):
    def make(self):
        return super(Shop, self).make()


@views.route("/orders")
def orders():
    return ""


@views.route("/items")
def items():
    return ""


def create_app():
    # ruleid: no-health-endpoint
    app = Shop(__name__)
    app.register_blueprint(views)
    return app
