# ok: no-queue-metrics
def send(mail):
    return mail
