#!/bin/sh
# ruleid: migration-failure-ignored
python manage.py migrate --noinput
exec gunicorn app.wsgi
