from celery import Celery

app = Celery("shop", broker="redis://redis:6379/0")
# pass: beat-not-started
app.conf.beat_schedule = {"sweep": {"task": "shop.sweep", "schedule": 900.0}}
