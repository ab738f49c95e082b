from sqlalchemy import create_engine

from app.config import URL

# ok: engine-pool-not-configured
create_engine(URL).connect()
