from worker import app


@app.task
def close_day():
    return None
