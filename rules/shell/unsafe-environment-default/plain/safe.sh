#!/bin/sh
: "${APP_ENV:?}"
if [ "$APP_ENV" != "production" ]; then
  # pass: unsafe-environment-default
  python manage.py loaddata demo
fi
