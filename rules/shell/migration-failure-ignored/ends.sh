#!/bin/sh
# pass: migration-failure-ignored
python manage.py migrate --noinput || exit 1
exec gunicorn app.wsgi
