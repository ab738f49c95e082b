from flask import Blueprint, Flask
from flask_restx import Api, Namespace, Resource

api = Blueprint("api", __name__, url_prefix="/api/v1")
shop = Api(api, version="v1")
orders = Namespace("orders")
shop.add_namespace(orders, "/orders")


@orders.route("")
class Orders(Resource):
    def get(self):
        return []


@orders.route("/health")
class Health(Resource):
    def get(self):
        return {}


def create_app():
    # pass: no-health-endpoint
    app = Flask(__name__)
    app.register_blueprint(api)
    return app
