import os

import asyncpg
import psycopg2
from psycopg2.pool import ThreadedConnectionPool

OPTIONS = {"host": "db.example.com", "sslmode": "disable"}
# ruleid: tls-not-required
off = psycopg2.connect(**OPTIONS)
# ruleid: tls-not-required
plain = psycopg2.connect(host="db.example.com", dbname="app")
# pass: tls-not-required
required = ThreadedConnectionPool(1, 20, dsn=os.environ["DATABASE_URL"])
# pass: tls-not-required
beside = psycopg2.connect(host="localhost", dbname="app", sslmode="prefer")
# unknown: tls-not-required
late = asyncpg.create_pool(dsn=os.environ["OTHER_URL"])
# pass: tls-not-required
socket = psycopg2.connect("dbname=app user=app")
# ruleid: tls-not-required
keywords = psycopg2.connect("host=db.example.com dbname=app user=app")
