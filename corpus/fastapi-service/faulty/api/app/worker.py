"""Work that need not be done at once."""

import os

from celery import Celery

celery = Celery("orders", broker=os.environ["CELERY_BROKER_URL"])


@celery.task
def send_receipt(order: int) -> None:
    print("receipt", order)
