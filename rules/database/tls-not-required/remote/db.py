import os

from sqlalchemy import create_engine

# ruleid: tls-not-required
plain = create_engine("postgresql://app@db.example.com:5432/app")
# ruleid: tls-not-required
off = create_engine(os.getenv("DATABASE_URL", "postgresql://app@db.example.com/app?sslmode=disable"))
# pass: tls-not-required
strict = create_engine("postgresql://app@db.example.com/app?sslmode=verify-full")
# pass: tls-not-required
arguments = create_engine("mysql+pymysql://db.example.com/app", connect_args={"ssl": {"ca": "/ca.pem"}})
# pass: tls-not-required
neighbour = create_engine("postgresql://app@database/app")
# pass: tls-not-required
local = create_engine("postgresql://localhost/app")
# ok: tls-not-required
injected = create_engine(os.environ["OTHER_URL"])
# unknown: tls-not-required
of_developers = create_engine(os.getenv("APP_DATABASE", "postgresql://app:app@localhost/app"))
