#!/bin/sh
# unknown: migration-failure-ignored
if ! alembic upgrade head; then
    notify
fi
exec gunicorn app.wsgi
