from sqlalchemy import create_engine

# ok: sqlite-in-production
engine = create_engine("sqlite:///cache.db")
# ok: sqlite-in-production
second = create_engine("sqlite:///second.db")
