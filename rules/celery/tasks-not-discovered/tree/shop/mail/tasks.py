from worker import app


@app.task
def send(to):
    return to
