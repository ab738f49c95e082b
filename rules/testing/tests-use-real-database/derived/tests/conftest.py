from models import db

from app import create_app


def make(uri):
    app = create_app({"SQLALCHEMY_DATABASE_URI": f"{uri}_test"})
    # unknown: tests-use-real-database
    db.drop_all()
    return app
