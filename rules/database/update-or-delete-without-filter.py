from sqlalchemy import delete, text, update

from models import Order


def finish(session, cursor, number):
    # ruleid: update-or-delete-without-filter
    session.execute(delete(Order))
    # ruleid: update-or-delete-without-filter
    session.execute(update(Order).values(done=True))
    # ruleid: update-or-delete-without-filter
    session.query(Order).delete()
    # ruleid: update-or-delete-without-filter
    cursor.execute("UPDATE orders SET done = true")
    # ruleid: update-or-delete-without-filter
    Order.objects.all().delete()
    # ok: update-or-delete-without-filter
    session.execute(delete(Order).where(Order.number == number))
    # ok: update-or-delete-without-filter
    session.query(Order).filter_by(number=number).delete()
    # ok: update-or-delete-without-filter
    cursor.execute("DELETE FROM orders WHERE number = %s", (number,))
    # ok: update-or-delete-without-filter
    session.execute(text("SELECT 1 FROM orders"))


def clear_orders(session):
    # ok: update-or-delete-without-filter
    session.execute(delete(Order))


def feature(session, numbers):
    # ok: update-or-delete-without-filter
    session.query(Order).update({"is_featured": False})
    session.query(Order).filter(Order.number.in_(numbers)).update({"is_featured": True})
    # ruleid: update-or-delete-without-filter
    session.query(Order).update({"price": 0})
