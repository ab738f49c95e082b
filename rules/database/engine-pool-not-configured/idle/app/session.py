from sqlalchemy import create_engine

from app.config import URL

# pass: engine-pool-not-configured
engine = create_engine(URL, pool_size=10)
