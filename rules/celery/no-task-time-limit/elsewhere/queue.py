from celery import Celery

app = Celery("work", broker="redis://redis:6379/0")
