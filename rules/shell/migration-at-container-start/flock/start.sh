#!/bin/sh
set -e
# pass: migration-at-container-start
flock /shared/migrate.lock python manage.py migrate --noinput
exec gunicorn app.wsgi
