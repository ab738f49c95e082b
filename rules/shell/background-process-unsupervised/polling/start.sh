#!/bin/bash
# pass: background-process-unsupervised
celery -A app worker &
WORKER=$!
# pass: background-process-unsupervised
gunicorn app.wsgi &
while kill -0 "$WORKER"; do
    sleep 5
done
exit 1
