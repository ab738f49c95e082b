from psycopg2.pool import ThreadedConnectionPool

from app.config import URL

# ruleid: engine-pool-not-configured
pool = ThreadedConnectionPool(1, 20, URL)
