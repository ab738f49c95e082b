#!/bin/bash
set -e
# ruleid: migration-failure-ignored
alembic upgrade head || {
    echo "migrations failed, continuing"
}
exec uvicorn main:app --host 0.0.0.0
