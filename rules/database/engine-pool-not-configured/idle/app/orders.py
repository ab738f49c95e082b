from app.session import engine


def list_orders():
    return engine
