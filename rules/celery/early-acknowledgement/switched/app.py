from celery import Celery
from config import settings

app = Celery("jobs", broker=settings.BROKER_URL)
app.conf.update(task_acks_late=settings.CELERY_TASK_ACKS_LATE)
