#!/bin/sh
set -e
# ruleid: migration-at-container-start
alembic upgrade head
exec uvicorn app.main:app --host 0.0.0.0 --port 8000
