from sqlalchemy import select

from models import Order, User


def names(session, ids, orders):
    found = []
    for user_id in ids:
        # ruleid: query-in-loop
        found.append(session.execute(select(User).where(User.id == user_id)).scalar_one())
    for order in orders:
        # ruleid: query-in-loop
        found.append(session.query(User).filter(User.id == order.user_id).first())
        # ruleid: query-in-loop
        found.append(session.get(User, order.user_id))
    return found


async def prices(conn, symbols):
    # ruleid: query-in-loop
    return [await conn.fetchval("SELECT price FROM quotes WHERE symbol = $1", symbol) for symbol in symbols]


def owners(items):
    for item in items:
        # ruleid: query-in-loop
        item.owner = User.objects.get(pk=item.owner_id)


def at_once(session, ids, cursor, rows):
    # ok: query-in-loop
    users = session.execute(select(User).where(User.id.in_(ids))).scalars()
    # ok: query-in-loop
    cursor.executemany("INSERT INTO t VALUES (%s)", rows)
    for user in users:
        print(user.name)


def fixed(session):
    for name in ("a", "b"):
        # ok: query-in-loop
        session.execute(select(User).where(User.name == name))
    for page in range(10):
        # ok: query-in-loop
        session.execute(select(User).offset(page * 100).limit(100))


def in_parts(session, ids, size):
    for batch in chunks(ids, size):
        # ok: query-in-loop
        session.execute(select(User).where(User.id.in_(batch)))


def schema(connection, statements):
    for statement in statements:
        # ok: query-in-loop
        connection.execute(statement)


def unrelated(session, orders, cache):
    for order in orders:
        # ok: query-in-loop
        cache.get(order.id)
        # ok: query-in-loop
        order.total = order.items.get("total")


def by_state(session, tenants):
    for state in OrderState:
        # ok: query-in-loop
        session.execute(select(Order).where(Order.state == state))
    for tenant_id in tenants:
        # ok: query-in-loop
        session.execute(select(Order).where(Order.tenant == tenant_id))
