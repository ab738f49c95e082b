#!/bin/sh
set -e
# pass: migration-at-container-start
alembic upgrade head
exec gunicorn app:app
