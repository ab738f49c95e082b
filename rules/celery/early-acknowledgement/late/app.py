from celery import Celery

# pass: early-acknowledgement
app = Celery("jobs", broker="redis://redis:6379/0")
app.conf.update(task_acks_late=True, task_reject_on_worker_lost=True)
