import psycopg2
from tenacity import retry, stop_after_attempt, wait_fixed


@retry(stop=stop_after_attempt(60), wait=wait_fixed(1))
def connect():
    return psycopg2.connect(host="db")


connect()
