#!/bin/sh
# ruleid: no-independent-worker-scaling
celery -A app.worker worker --concurrency=4 &
celery -A app.worker beat &
exec uvicorn app.main:app --host 0.0.0.0
