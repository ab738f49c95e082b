from celery import Celery

app = Celery("shop", broker="redis://redis:6379/0")
app.conf.beat_schedule = {"clean": {"task": "app.clean", "schedule": 3600.0}}


@app.task
def clean():
    return 1
