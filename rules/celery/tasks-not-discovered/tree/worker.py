from celery import Celery

app = Celery("shop", broker="redis://redis:6379/0")
# ruleid: tasks-not-discovered
app.autodiscover_tasks(["shop.jobs"])
# pass: tasks-not-discovered
app.autodiscover_tasks(["shop.mail"])
# unknown: tasks-not-discovered
app.autodiscover_tasks(["plugin"])
