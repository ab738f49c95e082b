from sqlalchemy import create_engine, text

# ok: no-migration-tool
engine = create_engine("postgresql://reader@warehouse/shop")


def items():
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM items LIMIT 100")).all()
