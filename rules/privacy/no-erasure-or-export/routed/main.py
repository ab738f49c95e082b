from flask import Blueprint, Flask
from flask_restx import Api, Namespace, Resource
from sqlalchemy import Column, Integer, String

from base import Base

api = Blueprint("api", __name__)
shop = Api(api)
users = Namespace("users")
shop.add_namespace(users, "/users")


# pass: no-erasure-or-export
class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    email = Column(String)


@users.route("/<int:user_id>")
class OneUser(Resource):
    def delete(self, user_id):
        return {}


def export_user_data(db, user):
    return db.rows(user)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(api)
    return app
