from alembic import context
from sqlalchemy import engine_from_config, text


def run_migrations_online():
    engine = engine_from_config(context.config.get_section("alembic"))
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(4711)"))
            context.run_migrations()


run_migrations_online()
