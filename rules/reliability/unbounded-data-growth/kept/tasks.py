from datetime import datetime, timedelta

from models import RequestLog


def purge_request_logs(session):
    session.execute("delete from request_logs")
