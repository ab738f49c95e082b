import pandas as pd
from psycopg import sql
from sqlalchemy import text

TABLE = "orders"


def find(cursor, session, name, status, ids, engine):
    # ruleid: sql-string-building
    cursor.execute(f"SELECT * FROM orders WHERE name = '{name}'")
    # ruleid: sql-string-building
    cursor.execute("SELECT * FROM orders WHERE name = '%s'" % name)
    # ruleid: sql-string-building
    cursor.execute("SELECT * FROM orders WHERE name = '{}'".format(name))
    # ruleid: sql-string-building
    cursor.execute("SELECT * FROM orders WHERE name = '" + name + "'")
    query = "SELECT * FROM orders WHERE shop = 1"
    query += f" AND status = {status}"
    # ruleid: sql-string-building
    session.execute(text(query))
    # ruleid: sql-string-building
    pd.read_sql(f"SELECT * FROM orders WHERE created > now() - INTERVAL '{status} days'", engine)
    # ruleid: sql-string-building
    cursor.execute(f"DELETE FROM orders WHERE id IN ({','.join(ids)})")


def fixed(cursor, session, table, name, ids, columns, log, prompt, settings, agent):
    id_placeholders = ",".join("?" * len(ids))
    # ok: sql-string-building
    cursor.execute(f"SELECT * FROM orders WHERE id IN ({id_placeholders})", ids)
    # ok: sql-string-building
    cursor.execute(f"DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM shop AS t WHERE t.id = {table}.{name})")
    # ok: sql-string-building
    cursor.execute(f"SELECT 1 FROM pg_database WHERE datname = '{settings.DATABASE}'")
    # ok: sql-string-building
    cursor.execute("SET pg_trgm.similarity_threshold = " + str(THRESHOLD))
    # ok: sql-string-building
    agent.execute(f"Write about {name} and set the tone = '{table}'")
    # ok: sql-string-building
    cursor.execute("SELECT * FROM orders WHERE name = %s", (name,))
    # ok: sql-string-building
    cursor.execute(f"SELECT * FROM {table} WHERE name = %s", (name,))
    marks = ",".join("?" * len(ids))
    # ok: sql-string-building
    cursor.execute(f"SELECT * FROM orders WHERE id IN ({marks})", ids)
    # ok: sql-string-building
    cursor.execute(f"SELECT * FROM orders WHERE id IN ({','.join(['%s'] * len(ids))})", ids)
    # ok: sql-string-building
    cursor.execute("SELECT * FROM orders WHERE id IN (%s)" % ",".join("?" * len(ids)), ids)
    # ok: sql-string-building
    cursor.execute(f"INSERT INTO {TABLE} ({', '.join(columns)}) VALUES (%s, %s)", ids)
    # ok: sql-string-building
    cursor.execute(f"SELECT * FROM orders WHERE id = {int(name)}")
    # ok: sql-string-building
    cursor.execute(sql.SQL("SELECT * FROM {} WHERE id = %s").format(sql.Identifier(table)), (name,))
    # ok: sql-string-building
    session.execute(text("SELECT * FROM orders WHERE name = :name"), {"name": name})
    # ok: sql-string-building
    log.info(f"update of order where name = '{name}' failed")
    # ok: sql-string-building
    return prompt(f"Please select the best answer and set name = '{name}'")


class Cache:
    TABLE_PREFIX = "cache"

    def names(self, connection):
        # ok: sql-string-building
        return connection.execute(f"SELECT value FROM properties WHERE name LIKE '{self.TABLE_PREFIX}%'")
