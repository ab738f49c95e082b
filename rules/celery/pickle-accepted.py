from celery import Celery

app = Celery("shop")
# ruleid: pickle-accepted
app.conf.accept_content = ["json", "pickle"]
# ruleid: pickle-accepted
app.conf.update(task_serializer="pickle")
# ruleid: pickle-accepted
CELERY_ACCEPT_CONTENT = ["pickle"]
# ok: pickle-accepted
app.conf.result_accept_content = ["json"]
# ok: pickle-accepted
app.conf.update(task_serializer="json", accept_content=["json"])
# ok: pickle-accepted
FORMATS = ["pickle"]
