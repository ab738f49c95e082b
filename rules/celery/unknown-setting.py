from celery import Celery

app = Celery("jobs", broker="redis://redis:6379/0")
app.conf.update(
    # pass: unknown-setting
    task_acks_late=True,
    # ruleid: unknown-setting
    task_ignore_resul=False,
    # ruleid: unknown-setting
    worker_prefetch_multiplyer=1,
    # ok: unknown-setting
    timezone="UTC",
)
