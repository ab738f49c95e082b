from sqlalchemy import create_engine

engine = create_engine("postgresql://app:app@db:5432/test")
