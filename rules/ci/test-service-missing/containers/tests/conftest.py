import psycopg
from testcontainers.postgres import PostgresContainer

FALLBACK = psycopg.connect("postgresql://app@localhost/test")


def database():
    with PostgresContainer("postgres:16") as postgres:
        yield postgres.get_connection_url()
