from celery import Celery

# ruleid: early-acknowledgement
app = Celery("jobs", broker="redis://redis:6379/0")
