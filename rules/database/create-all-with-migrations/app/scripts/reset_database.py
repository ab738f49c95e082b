from main import Base, engine

Base.metadata.drop_all(engine)
# ok: create-all-with-migrations
Base.metadata.create_all(engine)
