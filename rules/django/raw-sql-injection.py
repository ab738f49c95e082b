from django.db.models.expressions import RawSQL

from shop.models import Order


def find(name, table):
    # ruleid: raw-sql-injection
    Order.objects.raw(f"SELECT * FROM shop_order WHERE name = '{name}'")
    # ruleid: raw-sql-injection
    Order.objects.annotate(total=RawSQL("SELECT sum(price) FROM line WHERE name = '%s'" % name, []))
    # ruleid: raw-sql-injection
    Order.objects.extra(where=["name = '" + name + "'"])
    # ok: raw-sql-injection
    Order.objects.raw("SELECT * FROM shop_order WHERE name = %s", [name])
    # ok: raw-sql-injection
    Order.objects.annotate(total=RawSQL("SELECT sum(price) FROM line WHERE name = %s", [name]))
    # ok: raw-sql-injection
    Order.objects.raw(f"SELECT * FROM {Order._meta.db_table} WHERE name = %s", [name])
    # ok: raw-sql-injection
    return Order.objects.extra(where=["name = %s"], params=[name])
