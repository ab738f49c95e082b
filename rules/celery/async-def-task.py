from celery import Celery, shared_task

app = Celery("shop")


@app.task
# ruleid: async-def-task
async def send_mail(address):
    return address


@shared_task
# ruleid: async-def-task
async def bill(order):
    return order


@shared_task(bind=True)
# pass: async-def-task
def ship(self, order):
    return order


# ok: async-def-task
async def helper(order):
    return order
