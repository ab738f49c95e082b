#!/bin/sh
alembic upgrade head
# ruleid: background-process-unsupervised
celery -A app worker &
# ruleid: background-process-unsupervised
python -m app.scheduler > /tmp/s.log 2>&1 &
exec uvicorn app.main:app --host 0.0.0.0
