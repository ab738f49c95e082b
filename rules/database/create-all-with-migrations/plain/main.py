from sqlalchemy import MetaData, create_engine

metadata = MetaData()
# ok: create-all-with-migrations
metadata.create_all(create_engine("postgresql://db/app"))
