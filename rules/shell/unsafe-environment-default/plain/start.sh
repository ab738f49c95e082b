#!/bin/sh
if [ "$APP_ENV" != "production" ]; then
  # ruleid: unsafe-environment-default
  python manage.py loaddata demo
fi
exec gunicorn app
