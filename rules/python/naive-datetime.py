from datetime import datetime, timezone
import datetime as dates


def stamp():
    # ruleid: naive-datetime
    first = datetime.utcnow()
    # ok: naive-datetime
    second = dates.datetime.utcnow()
    # ok: naive-datetime
    third = datetime.now(timezone.utc)
    # ok: naive-datetime
    return first, second, third, datetime.fromtimestamp(0, tz=timezone.utc)
