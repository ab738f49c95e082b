#!/bin/sh
alembic upgrade head
# ruleid: single-point-of-failure
celery -A app.worker worker --beat --concurrency=2 &
exec hypercorn app.main:app --bind 0.0.0.0:8080
